import type { Done, Entry, Line } from './register-types.ts';

type Change<Fields> = { -readonly [Key in keyof Fields]: Fields[Key] };
/** An entry while a stream is read. */
export type WorkingEntry = Change<Entry>;
/** A line while a stream is read. */
export interface WorkingLine extends Line {
	readonly entries: WorkingEntry[];
	head: WorkingEntry | null;
	current: WorkingEntry | null;
}

/** What is said of an organisation before it says anything. */
export const emptyLine = (): WorkingLine => ({ entries: [], head: null, current: null });

/** The organisation says something, which waits for another person, or stands at once. */
export function speak(line: WorkingLine, entry: WorkingEntry, asksForTwo: boolean): void {
	line.entries.push(entry);
	if (line.head?.state === 'waits-for-second') line.head.state = 'replaced';
	line.head = entry;
	if (!asksForTwo) stand(line, entry, entry);
}

/** Said without knowing of what was said a moment before: both stay to be seen, and the earlier one stands. */
export function overtake(line: WorkingLine, entry: WorkingEntry): void {
	entry.state = 'overtaken';
	line.entries.push(entry);
}

/** Another person stands by what waits at the head of a line. */
export function standBy(line: WorkingLine, entry: WorkingEntry, second: Done): void {
	entry.second = second;
	stand(line, entry, { time: Math.max(entry.time, second.time), position: second.position });
}

function stand(line: WorkingLine, entry: WorkingEntry, { time, position }: NonNullable<Entry['stood']>): void {
	const before = line.entries.findLast(({ state }) => state === 'standing');
	if (before) before.state = 'replaced';
	entry.state = 'standing';
	entry.stood = { time, position };
	line.current = entry.kind === 'withdrawal' ? null : entry;
}

/**
 * What an organisation said as of a place in the space, as far as its authors say that they said it in time; `null` when that is
 * nothing.
 * @param before a place in the space: what stood from there on does not count
 * @param by seconds since 1970: what says that it is later does not count, and what was said before it does
 */
export function saidBy(line: Line | undefined, before: number, by: number): Entry | null {
	const last = line?.entries.findLast(({ stood }) => stood !== null && stood.position < before && stood.time <= by);
	return last && last.kind !== 'withdrawal' ? last : null;
}
