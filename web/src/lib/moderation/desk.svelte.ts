import type { AccountId, Hash, StreamId } from '@multaqa/shared/bytes/ids';
import { rankOf } from '@multaqa/shared/chain/roles';
import type { Client, Finding, Measure, SpaceView, StreamEvent } from '@multaqa/shared/client/types';
import { act, moderationIn, moderationStreamOf, refusalNow } from '@multaqa/shared/moderation/desk';
import type { Act } from '@multaqa/shared/moderation/events';
import type { Moderation } from '@multaqa/shared/moderation/moderation';
import { isInForce, type ModerationRule } from '@multaqa/shared/moderation/rules';
import { discussionOf, type Post } from '@multaqa/shared/threads/posts';
import { threadsOf, type Thread } from '@multaqa/shared/threads/threads';
import { createContext } from 'svelte';
import { Watched } from '../client/watched.svelte.ts';
import type { Known } from '../profiles/people.ts';
import { isLogBroken, tellingIn } from './broken.ts';
import { isAppealed, isDecidable, waitingPosts, type WaitingPost } from './open-cases.ts';

const seconds = (): number => Math.floor(Date.now() / 1000);

/** What facilitators of one space decide, and what this person may do about it. */
export class Desk {
	readonly client: Client;
	readonly #space: () => SpaceView;
	readonly #person: (account: AccountId) => Known | null;
	readonly #acts: Watched<readonly StreamEvent[]>;
	readonly #index: Watched<readonly StreamEvent[]>;
	readonly #findings: Watched<Client['findings']>;
	readonly #anything: Watched<number>;
	#changes = 0;
	readonly #events = $derived.by(() => this.#acts.current);
	readonly #moderation = $derived.by((): Moderation => (void this.#events, moderationIn(this.client, this.space.id)));
	readonly #indexed = $derived.by(() => this.#index.current);
	readonly #threads = $derived.by(() => new Map(threadsOf(this.#indexed).map((thread) => [thread.stream, thread])));
	readonly #waiting = $derived.by(() => (void this.#anything.current, waitingPosts(this.client, this.space.id, this.moderation)));

	constructor(client: Client, space: () => SpaceView, person: (account: AccountId) => Known | null) {
		this.client = client;
		this.#space = space;
		this.#person = person;
		const { id, index } = space();
		const topic = `space:${id}` as const;
		this.#acts = new Watched(client, topic, () => client.events(id, moderationStreamOf(id)));
		this.#index = new Watched(client, topic, () => client.events(id, index));
		this.#findings = new Watched(client, 'findings', () => client.findings);
		this.#anything = new Watched(client, topic, () => ++this.#changes);
	}

	get space(): SpaceView {
		return this.#space();
	}

	get self(): AccountId | null {
		return this.client.status.account;
	}

	/** May do what facilitators do. */
	get leads(): boolean {
		return rankOf(this.space.role) >= rankOf('facilitator');
	}

	get moderation(): Moderation {
		return this.#moderation;
	}

	/** Titles and closings, as they came. */
	get index(): readonly StreamEvent[] {
		return this.#indexed;
	}

	/** What was found in this space and this person has not looked at yet. */
	get news(): readonly Finding[] {
		return tellingIn(this.#findings.current, this.space.id).filter(({ seen }) => !seen);
	}

	/** Something of what was decided is missing or was altered on its way. */
	get isBroken(): boolean {
		return isLogBroken(this.moderation, this.#findings.current, this.space.id);
	}

	/** In the order in which they came; those a facilitator kept out are not among them. */
	get waiting(): readonly WaitingPost[] {
		return this.#waiting;
	}

	/** Measures about what this person wrote, the newest first. */
	get aboutMe(): readonly Measure[] {
		return [...this.moderation.measures.values()].filter(({ concerns }) => concerns?.account === this.self).reverse();
	}

	/** Appeals that nobody has decided. */
	get appeals(): readonly Measure[] {
		return [...this.moderation.measures.values()].filter(isAppealed);
	}

	/** Appeals that this person may decide. */
	get appealsForMe(): readonly Measure[] {
		return this.appeals.filter((measure) => isDecidable(this.client, this.space, measure, seconds()));
	}

	/** The silence that holds for this person now. */
	silence(now: number): Measure | null {
		return this.aboutMe.find((measure) => measure.kind === 'silence' && isInForce(measure, now)) ?? null;
	}

	thread(stream: StreamId): Thread | null {
		return this.#threads.get(stream) ?? null;
	}

	person(account: AccountId): Known | null {
		return this.#person(account);
	}

	refusal(what: Act): ModerationRule | null {
		return refusalNow(this.client, this.space, what, seconds());
	}

	do(what: Act): Promise<Hash> {
		return act(this.client, this.space, what, seconds());
	}

	/** Nobody but facilitators posts in a thread from now on, because of a post in it. */
	close(stream: StreamId, reason: string, because: Hash): Promise<Hash> {
		return this.client.append(this.space.id, this.space.index, 'thread.close', { stream, on: true, reason, because });
	}

	/** The post as it stands now, with what everybody else cannot read; `null` when it is not here. */
	post(stream: StreamId, id: Hash): Post | null {
		void this.#anything.current;
		const { items, aside } = discussionOf(this.client.events(this.space.id, stream));
		const found = [...items, ...aside].find((item) => item.id === id);
		return found?.kind === 'post' ? found : null;
	}

	/** When somebody put differently what they were asked to, or took it back; `null` for other measures, and while that is open. */
	carriedOut({ kind, stream, post: id, lifted }: Measure): { readonly time: number; readonly takenBack: boolean } | null {
		const post = kind === 'reword' && lifted === null && id !== null ? this.post(stream, id) : null;
		if (!post) return null;
		if (post.deleted !== null) return { time: post.deleted, takenBack: true };
		const [last] = post.revisions.slice(-1);
		return post.rewording === null && last ? { time: last.time, takenBack: false } : null;
	}

	/** Everything that was posted in the space, for telling how broad a watch-word is. */
	texts(): readonly string[] {
		return [...this.#threads.keys()].flatMap((stream) =>
			discussionOf(this.client.events(this.space.id, stream)).items.flatMap((item) => (item.kind === 'post' ? [item.text] : [])),
		);
	}
}

/** Made in the layout of a space. */
export const [useDesk, provideDesk, hasDesk] = createContext<Desk>();
