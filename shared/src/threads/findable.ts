import type { FindableFeature, FindableText } from '../client/findable.ts';
import type { StreamEvent } from '../client/types.ts';
import { documentsOf } from '../documents/live/index.ts';
import { markupOf } from '../text/markup.ts';
import { plainOf } from '../text/markup-plain.ts';
import { discussionOf, type Post, type Summary, type ThreadItem } from './posts.ts';
import { threadsOf } from './threads.ts';

const BETWEEN_TAGS = ' · ';

/** Titles with their tags, posts, milestones and summaries, and titles of documents, as search finds them. */
export const findable: FindableFeature = {
	threads: (index) => [
		...threadsOf(index).map((thread) => {
			const written = [thread.title, thread.tags.join(BETWEEN_TAGS)].filter(Boolean).join('\n');
			return { ...thread, kind: 'title' as const, written, attached: false };
		}),
		...documentsOf(index).map((document) => ({ ...document, kind: 'document' as const, written: document.title, attached: false })),
	],
	texts: (stream) => textsOf(stream),
	read: ({ kind, written }) => (kind === 'post' || kind === 'summary' ? plainOf(markupOf(written)) : written),
};

function textsOf(stream: readonly StreamEvent[]): readonly FindableText[] {
	const { items, milestones, summary } = discussionOf(stream);
	return [
		...items.filter(isShown).map(postText),
		...milestones.filter(isShown).map(milestoneText),
		...(summary ? [summaryText(summary)] : []),
	];
}

/** What was hidden is found by nobody: not by those either who may still uncover it in its place. */
const isShown = (item: ThreadItem): item is Post => item.kind === 'post' && item.deleted === null && item.hidden === null;

const postText = ({ id, text, author, time, waiting, attachments }: Post): FindableText => ({
	kind: 'post',
	id,
	written: text,
	author,
	time,
	waiting,
	attached: attachments.length > 0,
});

const milestoneText = (post: Post): FindableText => ({ ...postText(post), kind: 'milestone', written: post.milestone ?? '' });

const summaryText = ({ id, text, author, time, waiting }: Summary): FindableText => ({
	kind: 'summary',
	id,
	written: text,
	author,
	time,
	waiting,
	attached: false,
});
