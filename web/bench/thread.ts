import { svelte } from '@sveltejs/vite-plugin-svelte';
import { atMost, told, type Figure } from './figure.ts';
import { measureInPage } from './in-page.ts';

/** As a cheap phone beside this machine. */
const SLOWER = 4;

/** Opens a thread of 10,000 posts at its first unread one, and moves through it, with a processor four times slower. */
export async function longThread(): Promise<readonly Figure[]> {
	const plugins = [svelte({ configFile: false, emitCss: false })];
	const program = new URL('thread.page.ts', import.meta.url);
	const found = await measureInPage(program, null, { slower: SLOWER, plugins });
	const { open = 0, worst = 0, usual = 0, slow = 0, frames = 0, posts = 0, elements = 0 } = found;
	return [
		atMost('4 × slower: a thread of 10,000 posts stands at the first unread', open, 'ms', 1_500),
		atMost('4 × slower: longest frame while it is scrolled', worst, 'ms', 100),
		told('4 × slower: usual frame while it is scrolled', usual, 'ms', `${slow} of ${frames} frames over 50 ms`),
		atMost('posts in the page at once', posts, '', 100, `${elements} elements`),
	];
}
