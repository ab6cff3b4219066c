import { wordsOf } from '@multaqa/shared/text/fold';

/** Something the palette leads to or does. */
export interface Command {
	readonly id: string;
	readonly kind: 'space' | 'thread' | 'page' | 'action';
	readonly text: string;
	/** Where it belongs. */
	readonly about?: string;
	readonly does: () => void;
}

/** What was chosen last comes first. In memory only: no device tells where somebody went. */
const recent: string[] = [];

export function remember({ id }: Pick<Command, 'id'>): void {
	const before = recent.indexOf(id);
	if (before >= 0) recent.splice(before, 1);
	recent.unshift(id);
	recent.length = Math.min(recent.length, 50);
}

/** For whoever comes next at this device. */
export const forgetRecent = (): void => void (recent.length = 0);

const MOST = 40;
/** What an Arabic word wears before its beginning. */
const WORN = /^(?:وال|بال|كال|فال|لل|ال)(?=.{2})/;

const begins = (word: string, typed: string): boolean => word.startsWith(typed) || word.replace(WORN, '').startsWith(typed);

function placeOf({ id }: Command): number {
	const place = recent.indexOf(id);
	return place < 0 ? Infinity : place;
}

/** Those in which every typed word begins a word, what was chosen last first; without words, what was chosen last and the rest as given. */
export function found(commands: readonly Command[], typed: string): readonly Command[] {
	const words = wordsOf(typed).map(({ word }) => word.replace(WORN, ''));
	if (words.length === 0 && typed.trim() !== '') return [];
	const fitting = commands.filter((command) => {
		const own = wordsOf(`${command.text} ${command.about ?? ''}`).map(({ word }) => word);
		return words.every((word) => own.some((mine) => begins(mine, word)));
	});
	return fitting
		.toSorted((a, b) => {
			const [first, second] = [placeOf(a), placeOf(b)];
			return first === second ? 0 : first - second;
		})
		.slice(0, MOST);
}
