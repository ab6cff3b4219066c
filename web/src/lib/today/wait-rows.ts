import type { AccountId, Hash, StreamId } from '@multaqa/shared/bytes/ids';
import type { SpaceView } from '@multaqa/shared/client/types';
import { m } from '../paraglide/messages.js';
import type { InSpace } from '../threads/list/activities.svelte.ts';
import type { Listed } from '../threads/list/listed.ts';
import type { KeptDraft } from './drafts.svelte.ts';
import type { Asked } from './waits.ts';

/** Something that waits for its reader, as a list shows it. */
export interface WaitRow {
	readonly key: string;
	readonly href: string;
	readonly sort: 'confirm' | 'mention' | 'draft' | 'moderation' | 'position' | 'statement';
	/** What it asks for. */
	readonly kind: string;
	readonly title: string;
	readonly space: SpaceView;
	readonly author: AccountId | null;
	/** Seconds since 1970. */
	readonly time: number | null;
	/** The post at which the thread opens. */
	readonly at: { readonly stream: StreamId; readonly post: Hash } | null;
}

const kinds: Record<Asked['as'], () => string> = {
	notice: m.today_notice,
	account: m.today_mention_account,
	organisation: m.today_mention_organisation,
	role: m.today_mention_role,
};
const addressOf = (space: SpaceView, { thread }: Listed): string => `/s/${space.id}/t/${thread.stream}`;
const NOBODY = { author: null, time: null, at: null };

/** Posts to be confirmed, and mentions. */
export const askedRows = (asked: readonly Asked[]): readonly WaitRow[] =>
	asked.map(({ space, listed, post, author, time, as }) => ({
		key: `${as}/${post}`,
		href: addressOf(space, listed),
		sort: as === 'notice' ? 'confirm' : 'mention',
		kind: kinds[as](),
		title: listed.thread.title,
		space,
		author,
		time,
		at: { stream: listed.thread.stream, post },
	}));

/** What was begun and not sent, where it could still be sent. */
export const draftRows = (spaces: readonly InSpace[], drafts: readonly KeptDraft[]): readonly WaitRow[] =>
	drafts.flatMap((draft) => spaces.flatMap((within) => draftIn(within, draft)));

function draftIn({ space, threads }: InSpace, draft: KeptDraft): readonly WaitRow[] {
	const about = { ...NOBODY, sort: 'draft' as const, space };
	const listed = threads.find(({ thread }) => thread.stream === draft.stream);
	if (listed) {
		const { stream, title } = listed.thread;
		return [{ ...about, key: `draft/${stream}`, href: addressOf(space, listed), kind: `${m.today_draft()}: ${draft.excerpt}`, title }];
	}
	if (draft.space !== space.id || !space.writable) return [];
	return [{ ...about, key: `new/${space.id}`, href: `/s/${space.id}/new`, kind: m.today_draft_new(), title: draft.excerpt }];
}
