import { atMost, told, type Figure } from './figure.ts';
import { measureInPage } from './in-page.ts';

/** Opens a thread of 1,000 posts in Chromium through the engine's own path, beside the bare cryptography of it. */
export async function openThread(): Promise<readonly Figure[]> {
	const {
		oneCore = 0,
		parallel = 0,
		open = 0,
		cached = 0,
		first = 0,
	} = await measureInPage(new URL('open-thread.page.ts', import.meta.url));
	return [
		told('bare crypto of 1,000 posts, one after another', oneCore, 'ms', 'verify + decrypt, the one-core limit'),
		told('bare crypto of 1,000 posts, all at once', parallel, 'ms'),
		atMost(
			'open 1,000 posts of 600 B (verify, decrypt, check)',
			open,
			'ms',
			2 * oneCore,
			`${(open / oneCore).toFixed(2)} × one core, ${(open / parallel).toFixed(2)} × all at once`,
		),
		atMost('open them again with the verified-id cache', cached, 'ms', oneCore),
		atMost('open the first 20', first, 'ms', oneCore / 10),
	];
}
