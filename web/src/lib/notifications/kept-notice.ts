import type { Quiet } from '../today/hours.ts';

/**
 * What the service worker shows when this device is woken. It cannot open the vault: the words lie here in clear, and
 * therefore hold nothing but what anybody may see on the screen.
 */
export interface KeptNotice {
	readonly title: string;
	readonly body: string;
	/** A picture as a `data:` address; empty: none. */
	readonly icon: string;
	readonly lang: string;
	readonly dir: 'rtl' | 'ltr';
	/** From one hour until another without a sound. */
	readonly quiet: Quiet | null;
	/** Until when (milliseconds since 1970) it is shown although the page is in front: for a trial. */
	readonly trial: number;
}

/** Goes with everything else that is kept here when the account is erased. */
const CACHE = 'notice';
const KEY = '/notice';

/** Where nothing was kept: the constant words. */
const PLAIN: KeptNotice = { title: 'لديك جديد', body: '', icon: '', lang: 'ar', dir: 'rtl', quiet: null, trial: 0 };

export async function keepNotice(notice: KeptNotice): Promise<void> {
	const cache = await caches.open(CACHE);
	await cache.put(KEY, new Response(JSON.stringify(notice)));
}

export async function keptNotice(): Promise<KeptNotice> {
	try {
		const kept = await caches.match(KEY, { cacheName: CACHE });
		return kept ? { ...PLAIN, ...((await kept.json()) as KeptNotice) } : PLAIN;
	} catch {
		return PLAIN;
	}
}

export async function forgetNotice(): Promise<void> {
	await caches.delete(CACHE);
}
