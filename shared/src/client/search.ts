import { breathe } from '../breathe.ts';
import type { SpaceId } from '../bytes/ids.ts';
import { queryText, readQuery } from '../search/query.ts';
import type { SearchActions } from './actions.ts';
import type { FindableFeature } from './findable.ts';
import type { ForumCore } from './forum-core.ts';
import type { SearchAnswer, SearchProgress, SearchQuestion } from './search-types.ts';
import { SearchedSpace, type Candidate, type Indexed } from './searched-space.ts';
import type { Topics } from './topics.ts';
import type { SpaceView } from './types.ts';

export interface SearchParts extends Pick<ForumCore, 'spaces' | 'chains' | 'ports'> {
	readonly topics: Topics;
	/** Spaces that this account reads now. */
	readonly views: { readonly spaces: readonly Pick<SpaceView, 'id'>[] };
	readonly findable: () => Promise<FindableFeature>;
}

/** So long at a stretch, in milliseconds: the page paints and answers in between. */
const SLICE_MS = 8;
/** How long what has changed is gathered before it is looked at. */
const GATHER_MS = 250;
const RETRY_MS = 5_000;
/** How often pages are told how far it has come. */
const TELL_MS = 200;

/**
 * Full-text search over what this device has opened, in memory only: 20,000 posts are indexed in about a second of
 * spare moments, while an index that was kept, sealed, would be written anew with every post. Nothing is indexed
 * before somebody searches.
 */
export class Search implements SearchActions {
	readonly #parts: SearchParts;
	readonly #searched = new Map<SpaceId, SearchedSpace>();
	#feature: Promise<FindableFeature> | null = null;
	#progress: SearchProgress | null = null;
	#unwatch: (() => void) | null = null;
	#timer: ReturnType<typeof setTimeout> | undefined;
	#working = false;
	#told = 0;

	constructor(parts: SearchParts) {
		this.#parts = parts;
		// At hand before the line is lost.
		void this.#load().catch(() => undefined);
	}

	get progress(): SearchProgress | null {
		return this.#progress;
	}

	begin(): void {
		if (this.#unwatch) return;
		this.#unwatch = this.#parts.topics.watch('spaces', () => this.#later());
		this.#progress = { done: 0, total: 0 };
		void this.#work();
	}

	find(question: SearchQuestion): SearchAnswer {
		const query = readQuery(question.text);
		if ('refused' in query) return { state: query.refused };
		const fitting = this.#searchedFor(question)
			.flatMap((searched) => searched.find(query.parts))
			.filter(({ found }) => this.#isWanted(found, question));
		const hits = fitting
			.sort(question.order === 'newest' ? byTime : byScore)
			.slice(0, question.most)
			.map((candidate) => candidate.show());
		return { state: 'found', lookedFor: queryText(query.parts), total: fitting.length, hits };
	}

	/** Everything is forgotten. */
	close(): void {
		this.#unwatch?.();
		this.#unwatch = null;
		clearTimeout(this.#timer);
		this.#searched.clear();
	}

	/** The feature; asked for again when it could not be fetched. */
	#load(): Promise<FindableFeature> {
		this.#feature ??= this.#parts.findable().catch((error: unknown) => {
			this.#feature = null;
			throw error;
		});
		return this.#feature;
	}

	#searchedFor({ space }: SearchQuestion): readonly SearchedSpace[] {
		return this.#readable().flatMap((id) => (space && id !== space ? [] : (this.#searched.get(id) ?? [])));
	}

	#readable = (): readonly SpaceId[] => this.#parts.views.spaces.map(({ id }) => id);

	#isWanted({ author, time, attached }: Indexed, question: SearchQuestion): boolean {
		if (question.author && author !== question.author) return false;
		if (question.organisation && this.#organisationOf(author) !== question.organisation) return false;
		if (question.from != null && time < question.from) return false;
		if (question.until != null && time >= question.until) return false;
		return attached || !question.attached;
	}

	#organisationOf = (author: Indexed['author']) => this.#parts.chains.world.directory?.accounts.get(author)?.organisation;

	#later(delay = GATHER_MS): void {
		this.#timer ??= setTimeout(() => {
			this.#timer = undefined;
			void this.#work();
		}, delay);
	}

	/** Brings every space's index up to date, in spare moments. */
	async #work(): Promise<void> {
		if (this.#working) return this.#later();
		this.#working = true;
		try {
			this.#forgetLeft();
			const feature = await this.#load();
			if (this.#isClosed) return;
			await this.#catchUp(this.#readable().flatMap((id) => this.#open(id, feature)));
			this.#progress = this.#progress && this.#asleep();
		} catch {
			// The feature could not be fetched.
			this.#later(RETRY_MS);
		} finally {
			this.#working = false;
			this.#tell();
		}
	}

	async #catchUp(spaces: readonly SearchedSpace[]): Promise<void> {
		const { ports } = this.#parts;
		const total = spaces.reduce((sum, { behind }) => sum + behind, 0);
		let done = 0;
		let since = ports.now();
		for (const space of spaces) {
			for (const _ of space.catchUp()) {
				done++;
				if (ports.now() - since < SLICE_MS) continue;
				this.#progress = this.#progress && { done: Math.min(done, total), total };
				if (ports.now() - this.#told > TELL_MS) this.#tell();
				await breathe();
				if (this.#isClosed) return;
				since = ports.now();
			}
		}
	}

	/** What lies here unopened is looked at when it is awake; `null`: nothing does. */
	#asleep(): SearchProgress | null {
		const asleep = [...this.#parts.spaces.values()].reduce((sum, { log }) => sum + log.asleep, 0);
		const done = [...this.#searched.values()].reduce((sum, { size }) => sum + size, 0);
		return asleep === 0 ? null : { done, total: done + asleep };
	}

	#open(id: SpaceId, feature: FindableFeature): readonly SearchedSpace[] {
		const known = this.#searched.get(id);
		if (known) return [known];
		const space = this.#parts.spaces.get(id);
		if (!space) return [];
		const searched = new SearchedSpace(space, feature);
		this.#searched.set(id, searched);
		return [searched];
	}

	/** Spaces that this account has left, or was removed from. */
	#forgetLeft(): void {
		const readable = new Set(this.#readable());
		for (const id of this.#searched.keys()) if (!readable.has(id)) this.#searched.delete(id);
	}

	#tell(): void {
		this.#told = this.#parts.ports.now();
		if (!this.#isClosed) this.#parts.topics.changed('search');
	}

	get #isClosed(): boolean {
		return this.#unwatch === null;
	}
}

const byTime = (a: Candidate, b: Candidate): number => b.found.time - a.found.time || b.score - a.score;
const byScore = (a: Candidate, b: Candidate): number => b.score - a.score || b.found.time - a.found.time;
