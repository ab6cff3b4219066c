import { atMost, told, type Figure } from './figure.ts';
import { measureInPage } from './in-page.ts';

/** A phone of 100 $ is about so much slower than this machine (`Emulation.setCPUThrottlingRate`). */
const PHONE = 4;
/** What a person takes for at once (features, A-6). */
const AT_ONCE_MS = 300;
/** A page that does not answer for so long is felt. */
const FELT_MS = 50;

/** Full-text search over 20,000 posts in Chromium: on this machine, and slowed down to a cheap phone. */
export async function search(): Promise<readonly Figure[]> {
	const page = new URL('search.page.ts', import.meta.url);
	const here = await measureInPage(page);
	const phone = await measureInPage(page, null, { slower: PHONE });
	return [
		told('index 20,000 posts, in slices', here['build'] ?? Number.NaN, 'ms', 'once, when somebody first searches'),
		atMost('longest of those slices', here['longest'] ?? Number.NaN, 'ms', FELT_MS),
		told('memory of the index', here['memory'] ?? Number.NaN, 'MB'),
		told('a query over 20,000 posts, with its first 50 results: p50', here['half'] ?? Number.NaN, 'ms'),
		atMost('the same, p99', here['most'] ?? Number.NaN, 'ms', AT_ONCE_MS, `worst ${(here['worst'] ?? Number.NaN).toFixed(0)} ms`),
		told('index 20,000 posts, 4 × slower', phone['build'] ?? Number.NaN, 'ms'),
		atMost(
			'a query over 20,000 posts, 4 × slower: p99',
			phone['most'] ?? Number.NaN,
			'ms',
			AT_ONCE_MS,
			`p50 ${(phone['half'] ?? Number.NaN).toFixed(0)} ms`,
		),
	];
}
