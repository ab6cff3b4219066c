const KEY = 'lock';

export const LOCK_MINUTES = [1, 5, 15, 30] as const;
export type LockMinutes = (typeof LOCK_MINUTES)[number];
export type AfterWrong = 'sign-out' | 'wipe';

/** What was chosen on this device. */
export interface LockChosen {
	readonly minutes: LockMinutes;
	readonly whenHidden: boolean;
	readonly afterWrong: AfterWrong;
}

const DEFAULTS: LockChosen = { minutes: 15, whenHidden: false, afterWrong: 'sign-out' };

/**
 * When this device locks, and what happens after too many wrong passphrases. Kept in clear: it has to hold while
 * nothing is unlocked. Every tab reads the same entry.
 */
export class LockSettings {
	readonly #storage: Storage;
	#kept = $state.raw<LockChosen>(DEFAULTS);

	constructor(storage: Storage = localStorage) {
		this.#storage = storage;
		this.#kept = lockChosen(storage);
	}

	get minutes(): LockMinutes {
		return this.#kept.minutes;
	}

	set minutes(minutes: LockMinutes) {
		this.#keep({ minutes });
	}

	/** Locks as soon as the tab is hidden. */
	get whenHidden(): boolean {
		return this.#kept.whenHidden;
	}

	set whenHidden(whenHidden: boolean) {
		this.#keep({ whenHidden });
	}

	get afterWrong(): AfterWrong {
		return this.#kept.afterWrong;
	}

	set afterWrong(afterWrong: AfterWrong) {
		this.#keep({ afterWrong });
	}

	#keep(change: Partial<LockChosen>): void {
		this.#kept = { ...lockChosen(this.#storage), ...change };
		try {
			this.#storage.setItem(KEY, JSON.stringify(this.#kept));
		} catch {
			// A full storage only means that the choice ends with this page.
		}
	}
}

/** What holds now, whichever tab chose it. Whatever cannot be read locks as by default: never later. */
export function lockChosen(storage: Storage = localStorage): LockChosen {
	try {
		const { minutes, whenHidden, afterWrong } = JSON.parse(storage.getItem(KEY) ?? '{}') as Record<string, unknown>;
		return {
			minutes: LOCK_MINUTES.find((known) => known === minutes) ?? DEFAULTS.minutes,
			whenHidden: whenHidden === true,
			afterWrong: afterWrong === 'wipe' ? 'wipe' : 'sign-out',
		};
	} catch {
		return DEFAULTS;
	}
}
