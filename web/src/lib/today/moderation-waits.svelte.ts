import type { SpaceId } from '@multaqa/shared/bytes/ids';
import { rankOf } from '@multaqa/shared/chain/roles';
import type { Client, Measure, SpaceView, StreamEvent } from '@multaqa/shared/client/types';
import { indexStreamOf } from '@multaqa/shared/log/derived-streams';
import { moderationIn, moderationStreamOf } from '@multaqa/shared/moderation/desk';
import type { Moderation } from '@multaqa/shared/moderation/moderation';
import { isInForce } from '@multaqa/shared/moderation/rules';
import { discussionOf } from '@multaqa/shared/threads/posts';
import { Watched } from '../client/watched.svelte.ts';
import type { Format } from '../i18n/format.ts';
import { isAppealed, isDecidable, waitingPosts } from '../moderation/open-cases.ts';
import { Reports } from '../moderation/reports.svelte.ts';
import { kindText } from '../moderation/texts.ts';
import { m } from '../paraglide/messages.js';
import type { WaitRow } from './wait-rows.ts';

const TOLD_FOR = 14 * 24 * 60 * 60;

interface Known {
	readonly acts: readonly StreamEvent[];
	readonly index: readonly StreamEvent[];
	readonly moderation: Moderation;
}

/** What moderation asks of this person, in all spaces. Made while a component is. */
export class ModerationWaits {
	readonly #client: Client;
	readonly #spaces: () => readonly SpaceView[];
	readonly #reports: Reports;
	readonly #watched = new Map<SpaceId, Watched<Known>>();
	readonly #known = new Map<SpaceId, Known>();

	constructor(client: Client, spaces: () => readonly SpaceView[]) {
		this.#client = client;
		this.#spaces = spaces;
		this.#reports = new Reports(client, spaces);
	}

	/** What was decided about this person first, then what waits for facilitators. */
	rows(format: Format): readonly WaitRow[] {
		const now = Math.floor(Date.now() / 1000);
		return this.#spaces().flatMap((space) => {
			const known = this.#of(space.id).current;
			return [...this.#concerning(space, known.moderation, now), ...this.#leading(space, known, now, format)];
		});
	}

	#of(space: SpaceId): Watched<Known> {
		const known = this.#watched.get(space);
		if (known) return known;
		const watched = new Watched(this.#client, `space:${space}`, () => this.#read(space));
		this.#watched.set(space, watched);
		return watched;
	}

	#read(space: SpaceId): Known {
		const acts = this.#client.events(space, moderationStreamOf(space));
		const before = this.#known.get(space);
		const index = this.#client.events(space, indexStreamOf(space));
		if (before?.acts === acts && before.index === index) return before;
		const moderation = before?.acts === acts ? before.moderation : moderationIn(this.#client, space);
		const known = { acts, index, moderation };
		this.#known.set(space, known);
		return known;
	}

	#concerning(space: SpaceView, { measures }: Moderation, now: number): readonly WaitRow[] {
		const self = this.#client.status.account;
		return [...measures.values()]
			.filter((measure) => measure.concerns?.account === self && this.#isNews(space, measure, now))
			.map((measure) => ({
				key: `measure/${measure.id}`,
				href: `/s/${space.id}/moderation`,
				sort: 'moderation' as const,
				kind: measure.reason,
				title: kindText(measure.kind),
				space,
				author: measure.by,
				time: measure.time,
				at: null,
			}));
	}

	/** Not answered yet, and not long ago. */
	#isNews({ id }: SpaceView, measure: Measure, now: number): boolean {
		if (!isInForce(measure, now) || measure.appeal !== null || measure.time < now - TOLD_FOR) return false;
		if (measure.kind !== 'reword') return true;
		const { items } = discussionOf(this.#client.events(id, measure.stream));
		return items.some((item) => item.kind === 'post' && item.rewording?.id === measure.id);
	}

	#leading(space: SpaceView, { moderation, index }: Known, now: number, format: Format): readonly WaitRow[] {
		if (rankOf(space.role) < rankOf('facilitator')) return [];
		const appeals = [...moderation.measures.values()]
			.filter(isAppealed)
			.filter((measure) => isDecidable(this.#client, space, measure, now));
		const counts = [
			{ key: 'reports', count: this.#reports.open(space.id, moderation, index).length, title: m.today_reports },
			{ key: 'appeals', count: appeals.length, title: m.today_appeals },
			{ key: 'waiting', count: waitingPosts(this.#client, space.id, moderation).length, title: m.today_waiting_posts },
		];
		return counts
			.filter(({ count }) => count > 0)
			.map(({ key, count, title }) => ({
				key: `${key}/${space.id}`,
				href: `/s/${space.id}/moderation`,
				sort: 'moderation' as const,
				kind: m.moderation(),
				title: title({ count, shown: format.number(count) }),
				space,
				author: null,
				time: null,
				at: null,
			}));
	}
}
