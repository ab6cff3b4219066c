import type { FindableFeature } from '../client/findable.ts';
import { markupOf } from '../text/markup.ts';
import { plainOf } from '../text/markup-plain.ts';
import { postsOf } from './posts.ts';
import { threadsOf } from './threads.ts';

/** Titles and posts, as search finds them. */
export const findable: FindableFeature = {
	threads: (index) => threadsOf(index).map(({ title, ...thread }) => ({ ...thread, written: title, attached: false })),
	posts: (stream) =>
		postsOf(stream).flatMap((item) => {
			if (item.kind !== 'post' || item.deleted !== null) return [];
			const { id, text, author, time, waiting, attachments } = item;
			return [{ id, written: text, author, time, waiting, attached: attachments.length > 0 }];
		}),
	read: (written) => plainOf(markupOf(written)),
};
