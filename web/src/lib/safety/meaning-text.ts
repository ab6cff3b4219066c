import { m } from '../paraglide/messages.js';
import type { Meaning } from './meaning.ts';

interface Explained {
	/** What was found, in one sentence. */
	readonly what: string;
	/** What it may mean. */
	readonly means: string;
	readonly todo: string;
	/** Rather an accident than an attack. */
	readonly mild?: boolean;
}

const texts: Record<Meaning, () => Explained> = {
	split: () => ({ what: m.found_split(), means: m.found_split_means(), todo: m.todo_meet() }),
	older: () => ({ what: m.found_older(), means: m.found_older_means(), todo: m.todo_meet() }),
	missing: () => ({ what: m.found_missing(), means: m.found_missing_means(), todo: m.todo_ask_again() }),
	altered: () => ({ what: m.found_altered(), means: m.found_altered_means(), todo: m.todo_ask_again() }),
	repeated: () => ({ what: m.found_repeated(), means: m.found_repeated_means(), todo: m.todo_tell_if_often() }),
	members: () => ({ what: m.found_members(), means: m.found_members_means(), todo: m.todo_tell() }),
	early: () => ({ what: m.found_early(), means: m.found_early_means(), todo: m.todo_tell_if_often(), mild: true }),
	keys: () => ({ what: m.found_keys(), means: m.found_keys_means(), todo: m.todo_tell() }),
	newer: () => ({ what: m.found_newer(), means: m.found_newer_means(), todo: m.todo_reload(), mild: true }),
	clock: () => ({ what: m.found_clock(), means: m.found_clock_means(), todo: m.todo_clock(), mild: true }),
	answer: () => ({ what: m.found_answer(), means: m.found_answer_means(), todo: m.todo_tell_if_often(), mild: true }),
};

/** What was found, what it means and what to do, in the reader's language. */
export const explain = (meaning: Meaning): Explained => texts[meaning]();
