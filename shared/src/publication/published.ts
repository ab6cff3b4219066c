import type { Bilingual } from '../documents/pair.ts';
import { titleOf, type Publication } from './publication.ts';
import { listText, withdrawalText, type ListText, type WithdrawalText } from './signed-text.ts';

/** A statement on the list of all. */
export interface PublishedSummary {
	readonly title: Bilingual;
	readonly list: ListText;
	/** What organisations signed that took their names back. */
	readonly withdrawals: readonly WithdrawalText[];
}

export const summaryOf = (publication: Publication): PublishedSummary => ({
	title: titleOf(publication),
	list: listText.read(publication.list.file),
	withdrawals: publication.signatories.flatMap(({ withdrawal }) => (withdrawal ? [withdrawalText.read(withdrawal.file)] : [])),
});

/** What everybody may read: the pages of the public are given nothing else by the server. */
export interface Published {
	/** The newest edition of a statement; `null` before its hour, and where there is none. */
	read(address: string): Promise<Publication | null>;
	/** The newest statements, the newest first. */
	all(): Promise<readonly PublishedSummary[]>;
	/** Origin under which browsers reach the forum. */
	readonly origin: string;
}
