import type { AccountId, Hash, StreamId } from '@multaqa/shared/bytes/ids';
import type { SpaceView, StreamEvent } from '@multaqa/shared/client/types';
import type { MentionTarget } from '@multaqa/shared/text/markup';
import { concernsOf, type Concerns, type Reader } from '@multaqa/shared/threads/concerns';
import type { Thread } from '@multaqa/shared/threads/threads';
import type { InSpace } from '../threads/list/activities.svelte.ts';
import type { Listed } from '../threads/list/listed.ts';

/** A post that asks something of its reader. */
export interface Asked {
	readonly space: SpaceView;
	readonly listed: Listed;
	readonly post: Hash;
	readonly author: AccountId;
	readonly time: number;
	/** `notice`: to be confirmed. Otherwise as what the reader is mentioned. */
	readonly as: 'notice' | MentionTarget['kind'];
}

interface Known {
	readonly events: readonly StreamEvent[];
	readonly mark: number;
	readonly thread: Thread;
	readonly reader: string;
	readonly concerns: Concerns;
}

/** What all threads ask of one person. Each is read again only when something changed in it. */
export class Asking {
	readonly #known = new Map<StreamId, Known>();

	/** Formal notices first, then mentions; of each the newest first. */
	of(spaces: readonly InSpace[], self: AccountId): readonly Asked[] {
		const asked = spaces.flatMap((of) => of.threads.flatMap((listed) => this.#askedIn(of, listed, self)));
		return asked.toSorted((a, b) => Number(b.as === 'notice') - Number(a.as === 'notice') || b.time - a.time);
	}

	#askedIn(of: InSpace, listed: Listed, self: AccountId): readonly Asked[] {
		const { notices, mentions } = this.#concerns(of, listed, self);
		if (notices.length + mentions.length === 0) return [];
		const { space } = of;
		const confirming = new Set(notices.map(({ post }) => post));
		return [
			...notices.map((notice): Asked => ({ space, listed, ...notice, as: 'notice' })),
			// What is to be confirmed stands there once; of what was muted only the own name is heard.
			...mentions
				.filter(({ post, as }) => !confirming.has(post) && (as === 'account' || listed.level !== 'mute'))
				.map((mention): Asked => ({ space, listed, ...mention })),
		];
	}

	#concerns(of: InSpace, { thread }: Listed, self: AccountId): Concerns {
		const events = of.events(thread.stream);
		const mark = of.markOf(thread.stream);
		const reader = readerIn(of.space, self);
		const before = this.#known.get(thread.stream);
		const name = `${reader.organisation}/${reader.role}`;
		if (before?.events === events && before.thread === thread && before.mark === mark && before.reader === name) return before.concerns;
		const concerns = concernsOf(events, mark, reader);
		this.#known.set(thread.stream, { events, mark, thread, reader: name, concerns });
		return concerns;
	}
}

/** As whom somebody is mentioned in a space. */
export function readerIn({ members, role }: SpaceView, account: AccountId): Reader {
	return { account, organisation: members.find((member) => member.account === account)?.organisation ?? null, role };
}
