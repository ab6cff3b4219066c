import { createContext } from 'svelte';
import { isRightToLeft, type Language } from './languages.ts';

export type Theme = 'system' | 'light' | 'dark';
export type Digits = 'latn' | 'arab';
interface Kept {
	language: Language;
	theme: Theme;
	digits: Digits;
}

const KEY = 'display';

/**
 * How this device shows things: language, theme, digits. Kept in clear on the device, because they must hold
 * before anything is unlocked; `app.html` reads the same entry before the first paint.
 */
export class Display {
	#kept = $state.raw<Kept>({ language: 'ar', theme: 'system', digits: 'latn' });
	readonly #storage: Storage | null;
	readonly #page: HTMLElement | null;

	constructor(storage: Storage | null, page: HTMLElement | null) {
		this.#storage = storage;
		this.#page = page;
		this.#kept = { ...this.#kept, ...readKept(storage) };
	}

	get language(): Language {
		return this.#kept.language;
	}

	set language(language: Language) {
		this.#keep({ language });
	}

	get theme(): Theme {
		return this.#kept.theme;
	}

	set theme(theme: Theme) {
		this.#keep({ theme });
	}

	/** Arabic-Indic digits are a choice of Arabic readers; English is always written in Latin ones. */
	get digits(): Digits {
		return this.#kept.digits;
	}

	set digits(digits: Digits) {
		this.#keep({ digits });
	}

	#keep(change: Partial<Kept>): void {
		this.#kept = { ...this.#kept, ...change };
		try {
			this.#storage?.setItem(KEY, JSON.stringify(this.#kept));
		} catch {
			// A full or forbidden storage only means that the choice ends with this page.
		}
		this.#show();
	}

	#show(): void {
		if (!this.#page) return;
		this.#page.lang = this.language;
		this.#page.dir = isRightToLeft(this.language) ? 'rtl' : 'ltr';
		if (this.theme === 'system') delete this.#page.dataset['theme'];
		else this.#page.dataset['theme'] = this.theme;
	}
}

function readKept(storage: Storage | null): Partial<Kept> {
	try {
		const { language, theme, digits } = JSON.parse(storage?.getItem(KEY) ?? '{}') as Record<string, unknown>;
		const kept: Partial<Kept> = {};
		if (language === 'ar' || language === 'en') kept.language = language;
		if (theme === 'light' || theme === 'dark') kept.theme = theme;
		if (digits === 'arab') kept.digits = digits;
		return kept;
	} catch {
		return {};
	}
}

/** Made in the root layout. */
export const [useDisplay, provideDisplay] = createContext<Display>();
