import type { StreamId } from '@multaqa/shared/bytes/ids';
import type { Issue } from '@multaqa/shared/positions/issues';
import { Now } from '../../i18n/now.svelte.ts';
import type { Participant } from '../participants.ts';
import type { Positions } from '../positions.svelte.ts';
import type { ReadIssue } from '../registers.ts';
import { cellOf } from './cells.ts';
import { listedOf, type ListedIssue } from './listed.ts';

/** So many are read before anything is shown, and so many more in each spare moment. */
const [FIRST, MORE] = [16, 4];

interface Made {
	readonly issue: Issue;
	readonly read: ReadIssue;
	readonly participants: readonly Participant[];
	readonly missing: number;
	readonly hour: string;
	readonly listed: ListedIssue;
}

/** Issues of a space as lines of the matrix. Of two hundred only those in which something changed are made again. */
export class IssueList {
	readonly #positions: Positions;
	readonly #now = new Now(60);
	readonly #made = new Map<StreamId, Made>();
	/** How many are read: the first ones are shown before the last ones are. */
	#upTo = $state(FIRST);
	readonly #all = $derived.by(() => this.#positions.issues.slice(0, this.#upTo).map((issue) => this.#listed(issue)));

	constructor(positions: Positions) {
		this.#positions = positions;
	}

	/** The newest first; at the beginning not all of them. */
	get all(): readonly ListedIssue[] {
		return this.#all;
	}

	/** Everything is read. */
	get complete(): boolean {
		return this.#upTo >= this.#positions.issues.length;
	}

	/** Reads a few more; for whoever shows the list, in a spare moment. */
	more(): void {
		this.#upTo += MORE;
	}

	#listed(issue: Issue): ListedIssue {
		const { participants, space, speaksFor } = this.#positions;
		const read = this.#positions.read(issue);
		const missing = this.#positions.missing(issue);
		const now = this.#now.seconds;
		const hour = `${Math.floor(now / 60)}/${space.writable}/${space.role}/${speaksFor}`;
		const before = this.#made.get(issue.stream);
		const isAsBefore = before?.issue === issue && before.read === read && before.participants === participants;
		if (isAsBefore && before.missing === missing && before.hour === hour) return before.listed;
		const { working } = read;
		const version = working.versions.at(-1) ?? null;
		const cells = new Map(participants.map(({ id }) => [id, cellOf(working, id, version, now)]));
		const waits = this.#positions.waits(issue, now);
		const listed = listedOf({ issue, version, cells, decision: working.decisions.at(-1) ?? null, waits, missing }, now);
		this.#made.set(issue.stream, { issue, read, participants, missing, hour, listed });
		return listed;
	}
}
