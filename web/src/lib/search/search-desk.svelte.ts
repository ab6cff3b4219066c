import type { AccountId, OrganisationId, SpaceId } from '@multaqa/shared/bytes/ids';
import type { Client, SearchActions, SearchAnswer, SearchProgress, SearchQuestion } from '@multaqa/shared/client/types';
import { Watched } from '../client/watched.svelte.ts';

/** So many are shown at first, and more when asked for. */
export const PAGE = 50;
/** Typing on is not held up by looking. */
const PAUSE_MS = 80;
/** A choice that leaves everything in. */
export const ALL = 'all';

type Order = SearchQuestion['order'];

/** What somebody looks for, and what is found: in memory, never in an address, and gone when the account is locked. */
export class SearchDesk {
	readonly #search: SearchActions;
	readonly #progress: Watched<SearchProgress | null>;
	#typed = $state('');
	/** What was typed a moment ago. */
	#text = $state('');
	#most = $state(PAGE);
	#timer: ReturnType<typeof setTimeout> | undefined;
	/** Only what something is attached to. */
	attached = $state(false);
	order = $state<Order>('best');
	space = $state<string>(ALL);
	organisation = $state<string>(ALL);
	author = $state<string>(ALL);
	/** Days as a date field gives them, or nothing. */
	from = $state('');
	until = $state('');

	constructor(client: Client) {
		this.#search = client.search;
		this.#progress = new Watched(client, 'search', () => this.#search.progress);
	}

	/** Sees to it that there is something to look in. */
	begin(): void {
		this.#search.begin();
	}

	get typed(): string {
		return this.#typed;
	}

	set typed(text: string) {
		this.#typed = text;
		clearTimeout(this.#timer);
		this.#timer = setTimeout(() => {
			this.#text = text;
			this.#most = PAGE;
		}, PAUSE_MS);
	}

	/** Found anew whenever it is asked for: while nobody watches, spaces may be left. */
	get answer(): SearchAnswer {
		return this.#find();
	}

	/** `null` when everything on this device is looked through. */
	get progress(): SearchProgress | null {
		return this.#progress.current;
	}

	/** How many filters leave something out. */
	get filters(): number {
		const chosen = [this.space, this.organisation, this.author].filter((value) => value !== ALL).length;
		const days = [this.from, this.until].filter((day) => startOf(day) !== null).length;
		return chosen + days + Number(this.attached);
	}

	clear(): void {
		this.space = this.organisation = this.author = ALL;
		this.from = this.until = '';
		this.attached = false;
	}

	more(): void {
		this.#most += PAGE;
	}

	#find(): SearchAnswer {
		// Answers change as the index grows, and as posts come.
		void this.#progress.current;
		return this.#search.find({
			text: this.#text,
			order: this.order,
			most: this.#most,
			space: chosen<SpaceId>(this.space),
			organisation: chosen<OrganisationId>(this.organisation),
			author: chosen<AccountId>(this.author),
			from: startOf(this.from),
			until: startOf(this.until, 1),
			attached: this.attached,
		});
	}
}

const desks = new WeakMap<SearchActions, SearchDesk>();

/** The desk as it was left: whoever comes back from a post finds everything in its place. */
export function deskOf(client: Client): SearchDesk {
	const known = desks.get(client.search);
	if (known) return known;
	const desk = new SearchDesk(client);
	desks.set(client.search, desk);
	return desk;
}

const chosen = <Id extends string>(value: string): Id | null => (value === ALL ? null : (value as Id));

/** The beginning of a day where the reader is, in seconds since 1970, or of one some days later. */
function startOf(day: string, later = 0): number | null {
	const [, year, month, date] = /^(\d{4})-(\d{2})-(\d{2})$/.exec(day) ?? [];
	if (!year || !month || !date) return null;
	return new Date(Number(year), Number(month) - 1, Number(date) + later).getTime() / 1000;
}
