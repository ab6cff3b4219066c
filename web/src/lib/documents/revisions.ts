import type { AccountId } from '@multaqa/shared/bytes/ids';
import { liveText } from '@multaqa/shared/documents/live/text';
import { stepsOf, textAfter } from '@multaqa/shared/documents/live/timeline';
import type { ComparablePair } from '@multaqa/shared/documents/compared';
import type { DocumentLog } from '@multaqa/shared/documents/live/document-log';

/** Something a document once was: a frozen version, what somebody left after writing, or what it is now. */
export interface Revision {
	readonly id: string;
	readonly kind: 'frozen' | 'written' | 'late';
	/** The number of its version. */
	readonly number: number;
	readonly author: AccountId;
	/** Seconds since 1970. */
	readonly time: number;
	/** How many paragraphs were touched. */
	readonly touched: number;
	/** Worked out when somebody asks. */
	readonly pairs: () => readonly ComparablePair[];
}

/** Everything a document was, the newest first. */
export function revisionsOf(log: DocumentLog): readonly Revision[] {
	const { frozen, reopened, isOpen, last } = log.chain;
	const names = [null, ...reopened.map(({ id }) => id)];
	const all = names.flatMap((name, place): Revision[] => {
		const version = frozen[place];
		const text = log.textOf(name);
		const late = new Set(version ? log.lateIn(version).map(({ id }) => id) : []);
		const written = (text ? stepsOf(text.changes) : []).map((step): Revision => ({
			id: step.id,
			kind: late.has(step.id) ? 'late' : 'written',
			number: place + 1,
			author: step.author,
			time: step.until,
			touched: step.pairs.length,
			pairs: () => (text ? textAfter(text, step.id).pairs : []),
		}));
		if (!version) return written;
		const { id, author, time, number, pairs } = version;
		const frozenPairs = version.text.pairs.map((pair, at) => ({ ...pair, id: pairs[at] ?? '' }));
		return [...written, { id, kind: 'frozen', number, author, time, touched: 0, pairs: () => frozenPairs }];
	});
	const now = isOpen ? log.textOf(last) : null;
	// What is there now is more than what the last one left, where several write.
	const newest = all.at(-1);
	if (now && newest?.kind === 'written') all[all.length - 1] = { ...newest, pairs: () => liveText(now.doc).pairs };
	return all.toReversed();
}
