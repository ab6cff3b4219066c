import type { AccountId, Hash, StreamId } from '@multaqa/shared/bytes/ids';
import type { SpaceView } from '@multaqa/shared/client/types';
import { concernsOf } from '@multaqa/shared/threads/concerns';
import { saidIn } from '@multaqa/shared/threads/read';
import { standingPosts } from '@multaqa/shared/threads/standing';
import type { InSpace } from '../threads/list/activities.svelte.ts';
import type { Listed } from '../threads/list/listed.ts';
import { readerIn } from './waits.ts';

/** Something that was just written, and that its reader wants to hear of at once. */
export interface News {
	readonly space: SpaceView;
	readonly listed: Listed;
	readonly post: Hash;
	readonly author: AccountId;
	/** `confirm`: a formal notice. `mention`: the reader is named. `post`: in a thread that is followed. */
	readonly kind: 'confirm' | 'mention' | 'post';
}

/** What arrives while the page is open. What was there when a space was first seen is read in the lists, not announced. */
export class Arrivals {
	/** Up to where each thread has been looked at, by space. */
	readonly #seen = new Map<SpaceView['id'], Map<StreamId, number>>();

	/** The most important thing that arrived since the last look; `null` when nothing did. */
	since(spaces: readonly InSpace[], self: AccountId): News | null {
		const news = spaces.flatMap((within) => this.#newsIn(within, self));
		return news.find(({ kind }) => kind === 'confirm') ?? news.find(({ kind }) => kind === 'mention') ?? news[0] ?? null;
	}

	#newsIn(within: InSpace, self: AccountId): readonly News[] {
		const { space, threads } = within;
		const before = this.#seen.get(space.id);
		const seen = before ?? new Map<StreamId, number>();
		if (space.synchronised) this.#seen.set(space.id, seen);
		return threads.flatMap((listed) => {
			const { stream } = listed.thread;
			const { end } = listed;
			const last = seen.get(stream) ?? 0;
			if (end <= last) return [];
			seen.set(stream, end);
			return before ? newsAfter(within, listed, Math.max(last, 0), self) : [];
		});
	}
}

function newsAfter(within: InSpace, listed: Listed, last: number, self: AccountId): readonly News[] {
	const { space } = within;
	const { stream } = listed.thread;
	const events = within.events(stream);
	const read = Math.max(last, within.markOf(stream));
	const concerns = concernsOf(events, read, readerIn(space, self));
	const asked = new Set(
		events.flatMap((event) => {
			const said = event.verified && event.position > last ? saidIn(event) : null;
			return said?.type === 'post.notice' ? [said.content.post] : [];
		}),
	);
	const notice = concerns.notices.find(({ post }) => asked.has(post));
	if (notice) return [{ space, listed, ...notice, kind: 'confirm' }];
	const mention = concerns.mentions.findLast(({ as }) => as === 'account' || listed.level !== 'mute');
	if (mention) return [{ space, listed, ...mention, kind: 'mention' }];
	if (listed.level !== 'follow') return [];
	for (const { position, author, id } of standingPosts(events)) {
		if (position <= read) break;
		if (author !== self) return [{ space, listed, post: id, author, kind: 'post' }];
	}
	return [];
}
