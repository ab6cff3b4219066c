import * as v from 'valibot';
import type { SpaceId, StreamId } from '../bytes/ids.ts';
import { roleOf } from '../chain/roster.ts';
import { Problem } from '../problem.ts';
import { OWN_DAYS, withOwnDays, type OwnDays } from '../notebook/content.ts';
import type { RetentionActions } from './actions.ts';
import type { Attachments } from './attachments.ts';
import type { ForumCore } from './forum-core.ts';
import type { OwnNotebook } from './notebook.ts';
import type { Outgoing } from './outgoing.ts';
import { attachmentsIn } from './pieces.ts';
import type { RetentionView, SpaceDays } from './retention-types.ts';
import type { Space } from './space.ts';
import type { StreamEvent, VerifiedEvent } from './types.ts';

/** The event of the index stream by which a coordinator says how long posts stay. */
export const RETENTION = 'space.retention';
export const SPACE_DAYS = [7, 30, 90] as const;
const content = v.strictObject({ days: v.nullable(v.picklist(SPACE_DAYS)) });
/** What was said in a discussion. Stances, decisions and documents are a record that others stand on: they stay. */
const SPOKEN = /^(?:post|summary|milestone)\./;
const DAY = 24 * 60 * 60;
const HOUR_MS = 3_600_000;

/** What a coordinator said, and from which place of the space on. */
interface Rule {
	readonly days: SpaceDays | null;
	readonly position: number;
	readonly time: number;
}

export interface RetentionForum extends Pick<ForumCore, 'ports' | 'keys' | 'chains' | 'spaces' | 'inTurn'> {
	readonly notebook: OwnNotebook;
	readonly outgoing: Pick<Outgoing, 'append' | 'send'>;
	readonly attachments: Pick<Attachments, 'expire'>;
}

/**
 * Posts that disappear. What has had its time goes from this device: its text and what hung on it, not its place in
 * the chain. Each person may keep a shorter time for the own devices. The server's sealed copies are another matter.
 */
export class Retention implements RetentionActions {
	readonly #forum: RetentionForum;
	readonly #read = new WeakMap<readonly StreamEvent[], readonly Rule[]>();
	#timer: ReturnType<typeof setInterval> | null = null;

	constructor(forum: RetentionForum) {
		this.#forum = forum;
	}

	get own(): OwnDays | null {
		return this.#forum.notebook.content.own?.[0] || null;
	}

	of(space: SpaceId): RetentionView {
		const last = this.#rules(space).at(-1);
		const days = last?.days ?? null;
		return { space: days, own: this.own, effective: shortest([days, this.own]), since: last?.time ?? null };
	}

	async setSpace(space: SpaceId, days: SpaceDays | null): Promise<void> {
		const index = this.#forum.spaces.get(space)?.index;
		if (!index) throw new Problem('not-found');
		if (!v.is(content, { days })) throw new Problem('malformed', { reason: 'retention' });
		this.#refuseUnlessCoordinator(space);
		if (days === this.of(space).space) return;
		await this.#forum.outgoing.append(space, { stream: index, type: RETENTION, content: { days } });
		await this.erase();
	}

	async setOwn(days: OwnDays | null): Promise<void> {
		if (days !== null && !OWN_DAYS.includes(days)) throw new Problem('malformed', { reason: 'retention' });
		const time = this.#forum.ports.now();
		await this.#forum.notebook.change((notebook) => withOwnDays(notebook, days, time));
		await this.erase();
	}

	/** Looks every hour, and now. */
	async begin(): Promise<void> {
		this.#timer ??= setInterval(() => void this.erase().catch(() => undefined), HOUR_MS);
		await this.erase();
	}

	stop(): void {
		if (this.#timer) clearInterval(this.#timer);
		this.#timer = null;
	}

	/** Takes from this device what has had its time. */
	async erase(): Promise<void> {
		for (const space of this.#forum.spaces.values())
			await this.#forum.inTurn(async () => {
				for (const stream of space.log.streams()) await this.eraseIn(space, stream);
			});
		this.#forum.outgoing.send();
	}

	/** The same in a stream that was just opened, or to which something came, before anybody sees it. */
	async eraseIn(space: Space, stream: StreamId): Promise<void> {
		const rules = this.#rules(space.id);
		if (stream === space.index || stream === space.moderation || (rules.length === 0 && this.own === null)) return;
		const now = Math.floor(this.#forum.ports.now() / 1000);
		const isOver = (event: VerifiedEvent) => SPOKEN.test(event.type) && endOf(event, rules, this.own) < now;
		const over = await space.log.erase(stream, isOver);
		for (const event of over) await this.#expire(space.id, event, rules);
	}

	/** What hung on a post goes with it; from the server its author's program takes it, when the space says so. */
	async #expire(space: SpaceId, event: VerifiedEvent, rules: readonly Rule[]): Promise<void> {
		const { attachments, keys } = this.#forum;
		const end = endOf(event, rules, null);
		const due = event.author === keys.account && end !== Infinity ? end : null;
		for (const attachment of attachmentsIn(event.content)) await attachments.expire(space, attachment, due);
	}

	#refuseUnlessCoordinator(space: SpaceId): void {
		const { chains, keys, ports } = this.#forum;
		const roster = chains.world.rosters.get(space);
		const role = roster && roleOf(roster, keys.account, Math.floor(ports.now() / 1000));
		if (role !== 'coordinator') throw new Problem('not-allowed', { rule: 'only-coordinators-set-retention' });
	}

	/** Read once from an index that stays the same: it is asked for each stream of each answer. */
	#rules(id: SpaceId): readonly Rule[] {
		const space = this.#forum.spaces.get(id);
		if (!space) return [];
		const index = space.events(space.index);
		const rules = this.#read.get(index) ?? index.flatMap(ruleIn);
		this.#read.set(index, rules);
		return rules;
	}
}

function ruleIn(event: StreamEvent): Rule[] {
	if (!event.verified || event.type !== RETENTION || event.role !== 'coordinator' || event.moderated?.barred) return [];
	const said = v.safeParse(content, event.content);
	return said.success ? [{ days: said.output.days, position: event.position, time: event.time }] : [];
}

/**
 * When an event has had its time, in seconds since 1970. A shorter rule holds for what is there already; a longer one
 * does not prolong what was written under a shorter.
 */
function endOf({ position, time }: VerifiedEvent, rules: readonly Rule[], own: number | null): number {
	const first = Math.max(
		0,
		rules.findLastIndex((rule) => rule.position < position),
	);
	const days = shortest([own, ...rules.slice(first).map((rule) => rule.days)]);
	return days === null ? Infinity : time + days * DAY;
}

const shortest = (days: readonly (number | null)[]): number | null => {
	const some = days.filter((one) => one !== null);
	return some.length > 0 ? Math.min(...some) : null;
};
