import type { Language } from '../display/languages.ts';

export const EXITS = ['encyclopedia', 'weather', 'own'] as const;
export type Exit = (typeof EXITS)[number];

/** Where the exit leads from this device. */
export interface ExitChosen {
	readonly to: Exit;
	/** Own address, as it was typed and accepted; empty unless one was chosen. */
	readonly address: string;
	/** The reader has been told once how it works. */
	readonly told: boolean;
}

const KEY = 'exit';
const DEFAULTS: ExitChosen = { to: 'encyclopedia', address: '', told: false };

/** Sites that anybody may have open: not for profit, public, and as they are read in that language. */
const SITES: Readonly<Record<Exclude<Exit, 'own'>, Readonly<Record<Language, string>>>> = {
	encyclopedia: { ar: 'https://ar.wikipedia.org/', en: 'https://en.wikipedia.org/' },
	// The weather of the Norwegian state has no Arabic; its map speaks for itself.
	weather: { ar: 'https://www.yr.no/en', en: 'https://www.yr.no/en' },
};

/** What was chosen on this device. Kept in clear: the way out must be known before anything is unlocked. */
export function exitChosen(storage: Storage = localStorage): ExitChosen {
	try {
		const { to, address, told } = JSON.parse(storage.getItem(KEY) ?? '{}') as Record<string, unknown>;
		return {
			to: EXITS.find((known) => known === to) ?? DEFAULTS.to,
			address: typeof address === 'string' ? address : '',
			told: told === true,
		};
	} catch {
		return DEFAULTS;
	}
}

export function chooseExit(change: Partial<ExitChosen>, storage: Storage = localStorage): void {
	try {
		storage.setItem(KEY, JSON.stringify({ ...exitChosen(storage), ...change }));
	} catch {
		// A full or forbidden storage only means that the choice ends with this page.
	}
}

/** Where to, now. What is kept wrongly leads to the default: there is always a way out. */
export function exitAddress(language: Language, storage: Storage = localStorage): string {
	const { to, address } = exitChosen(storage);
	if (to !== 'own') return SITES[to][language];
	return readExitAddress(address, location.origin) ?? SITES.encyclopedia[language];
}

/** What was typed as an address of a site elsewhere, whole; `null` when it is none, or would tell of the forum. */
export function readExitAddress(typed: string, origin: string): string | null {
	const text = typed.trim();
	try {
		const url = new URL(/^[a-z][a-z\d+.-]*:/i.test(text) && !/^[^/]*\.[^/]*:\d/.test(text) ? text : `https://${text}`);
		const elsewhere = url.protocol === 'https:' && url.hostname.includes('.') && url.host !== new URL(origin).host;
		return elsewhere && url.username === '' && url.password === '' ? url.href : null;
	} catch {
		return null;
	}
}
