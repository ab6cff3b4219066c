import type { AccountId, SpaceId } from '@multaqa/shared/bytes/ids';
import { createContext } from 'svelte';

/** Of whom the sheet tells, and where the name stood. */
export interface PersonTarget {
	readonly account: AccountId;
	/** `null`: in the forum as a whole. */
	readonly space: SpaceId | null;
	/** The device that signed, where something was signed. */
	readonly device?: string | undefined;
}

/** Opens the sheet of a person from wherever the name stands. */
export type OpenPerson = (target: PersonTarget) => void;

export const [usePersonSheet, providePersonSheet] = createContext<OpenPerson>();
