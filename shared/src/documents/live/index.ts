import type { AccountId, Hash, StreamId } from '../../bytes/ids.ts';
import type { StreamEvent, VerifiedEvent } from '../../client/types.ts';
import { saidIn } from './read.ts';
import { mayFreeze } from './versions.ts';

/** A document as the index of its space tells it. */
export interface DocumentEntry {
	readonly id: Hash;
	readonly stream: StreamId;
	readonly title: string;
	/** What it began as: an id of `templates/all.ts`. */
	readonly template: string | null;
	readonly author: AccountId;
	readonly time: number;
	readonly waiting: boolean;
	readonly position: number;
}

/** Documents of an index stream, the newest first. A second opening of one stream is ignored. */
export function documentsOf(index: readonly StreamEvent[]): readonly DocumentEntry[] {
	const documents = new Map<StreamId, DocumentEntry>();
	for (const event of index) {
		const said = event.verified && event.type.startsWith('document.') ? saidIn(event) : null;
		if (!event.verified || !said) continue;
		if (said.type === 'document.open') {
			if (!documents.has(said.content.stream)) documents.set(said.content.stream, opened(event, said.content));
		} else if (said.type === 'document.change') {
			const before = documents.get(said.content.stream);
			const may = before && (before.author === event.author || mayFreeze(event.role));
			if (may) documents.set(before.stream, { ...before, title: said.content.title });
		}
	}
	return [...documents.values()].reverse();
}

const opened = (
	{ id, author, time, waiting, position }: VerifiedEvent,
	{ stream, title, template }: Pick<DocumentEntry, 'stream' | 'title' | 'template'>,
): DocumentEntry => ({ id, stream, title, template, author, time, waiting, position });

/** What the list tells of a document, read from the end of its stream. */
export interface DocumentActivity {
	/** Who changed or commented last; `null`: nobody has written yet. */
	readonly last: { readonly author: AccountId; readonly time: number; readonly waiting: boolean } | null;
	/** Where that stands in the space, `Infinity` while it waits; 0 when there is none. */
	readonly position: number;
	/** Others have written in it since it was looked at. */
	readonly changed: boolean;
	/** The last version, and whether it is frozen. */
	readonly number: number;
	/** Hash of the frozen text. */
	readonly frozen: Hash | null;
	readonly waiting: number;
}

const WRITTEN: ReadonlySet<string> = new Set([
	'document.update',
	'document.freeze',
	'document.reopen',
	'document.comment',
	'document.comment.reply',
]);

/** A glance that checks no text: the page of the document does. `mark`: how far this person has read. */
export function documentActivityOf(stream: readonly StreamEvent[], mark: number, self: AccountId | null): DocumentActivity {
	const written = stream.filter((event): event is VerifiedEvent => event.verified && WRITTEN.has(event.type));
	const last = written.at(-1);
	const frozen = written.findLast(({ type, role }) => type === 'document.freeze' && mayFreeze(role));
	const reopened = written.findLast(({ type, role }) => type === 'document.reopen' && mayFreeze(role));
	const said = frozen ? saidIn(frozen) : null;
	const isFrozen = frozen !== undefined && (!reopened || reopened.position < frozen.position);
	const content = said?.type === 'document.freeze' ? said.content : null;
	return {
		last: last ? { author: last.author, time: last.time, waiting: last.waiting } : null,
		position: last?.position ?? 0,
		changed: written.some(({ position, author, waiting }) => !waiting && position > mark && author !== self),
		number: (content?.number ?? 0) + (isFrozen ? 0 : 1),
		frozen: isFrozen ? (content?.hash ?? null) : null,
		waiting: written.filter(({ waiting }) => waiting).length,
	};
}
