import type { Hash } from '../../bytes/ids.ts';
import type { StreamEvent, VerifiedEvent } from '../../client/types.ts';
import { ContestedTexts, type Contested } from './contested.ts';
import { DocumentComments, type Comment } from './comments.ts';
import type { ContentOf } from './events.ts';
import { Lineage } from './lineage.ts';
import { unpacked } from './packed.ts';
import { isOurs, saidIn, type Said } from './read.ts';
import { clientOf } from './session.ts';
import { CHANGES_PER_SNAPSHOT, isSnapshotOf, newestSnapshot, snapshotsIn, textIn } from './snapshots.ts';
import { liveText } from './text.ts';
import {
	actOf,
	beginsAs,
	chainOf,
	frozenIn,
	mayFreeze,
	type Chain,
	type FrozenVersion,
	type Reopened,
	type VersionName,
} from './versions.ts';
import { VersionText, type Arrived, type Change, type StandsOn, type TextKey } from './version-text.ts';

/** Where reading begins: with everything, or with the newest snapshot, for a first look at a long text. */
export type Beginning = 'everything' | 'snapshot';

/** So many changes may arrive while somebody makes a snapshot. */
const AT_THE_SAME_TIME = 50;

interface Version {
	readonly text: VersionText;
	readonly contested: ContestedTexts;
}

/** A snapshot to begin with, and its text. */
interface Base {
	readonly event: VerifiedEvent;
	readonly text: VersionText;
}

/** A snapshot that is not what it says it is. */
export interface FalseSnapshot {
	readonly id: Hash;
	readonly author: VerifiedEvent['author'];
	readonly time: number;
}

/**
 * A document as its stream tells it: taken in bit by bit, and the same for everybody who has the same events. What is
 * broken, or was not for its author to do, never happened; `broken` counts it.
 */
export class DocumentLog {
	broken = 0;
	readonly #beginning: Beginning;
	readonly #lineage = new Lineage();
	readonly #seen = new Set<string>();
	readonly #versions = new Map<VersionName, Version>();
	readonly #freezes = new Map<Hash, FrozenVersion>();
	readonly #reopened = new Map<Hash, Reopened>();
	readonly #comments = new DocumentComments();
	readonly #false: FalseSnapshot[] = [];
	/** The snapshot that this begins with; `undefined`: not looked for yet. */
	#base: Base | null | undefined = undefined;
	#sinceSnapshot: { changes: number; readonly generation: number; readonly last: Hash | null } = { changes: 0, generation: 0, last: null };
	#beginsLater = false;
	/** The one that somebody would begin with now: it is the one that has to be true. */
	#newest: Hash | null = null;
	readonly #justBefore: { readonly event: VerifiedEvent; readonly content: ContentOf<'document.update'> }[] = [];
	#chain: Chain | null = null;

	constructor(beginning: Beginning = 'everything') {
		this.#beginning = beginning;
	}

	/**
	 * Takes what is new of a stream, in its order.
	 * @param most so many at a time, so that a page can breathe
	 * @returns whether everything is in
	 */
	take(stream: readonly StreamEvent[], most = Infinity): boolean {
		if (this.#base === undefined) this.#base = this.#findBase(stream);
		if (this.#base === undefined) return true;
		this.#newest = newestSnapshot(stream);
		let left = most;
		for (const event of stream) {
			if (this.#seen.has(event.id)) {
				if (event.verified) this.#move(event);
			} else {
				if (left-- <= 0) return false;
				this.#seen.add(event.id);
				if (!event.verified) this.broken++;
				else this.#read(event);
			}
		}
		return true;
	}

	get chain(): Chain {
		this.#chain ??= chainOf([...this.#freezes.values()], [...this.#reopened.values()]);
		return this.#chain;
	}

	get comments(): readonly Comment[] {
		return this.#comments.list;
	}

	get falseSnapshots(): readonly FalseSnapshot[] {
		return this.#false;
	}

	/** What this person cannot read, for it was written before they came, and nobody has left a snapshot since. */
	get isClosed(): boolean {
		return this.#base === undefined && this.#beginsLater;
	}

	/** The snapshot that was begun with: what stands before it was not looked at. */
	get base(): Hash | null {
		return this.#base?.event.id ?? null;
	}

	/** The text of a version with everything that was written in it; `null`: it is not here. */
	textOf(version: VersionName): VersionText | null {
		return this.#versions.get(version)?.text ?? null;
	}

	/** Paragraphs of the open version that were written twice, apart, and are not settled. */
	get contested(): readonly Contested[] {
		const { isOpen, last } = this.chain;
		return isOpen ? (this.#versions.get(last)?.contested.list ?? []) : [];
	}

	/** Changes of a frozen version by somebody who did not know that it was frozen: they are not in it. */
	lateIn({ heads, version }: FrozenVersion): readonly Change[] {
		return this.textOf(version)?.changes.filter((change) => !this.#lineage.isWithin(heads, change.id)) ?? [];
	}

	/** What was taken in, for whoever sums it up. */
	get heads(): readonly Hash[] {
		return this.#lineage.heads;
	}

	get lastSnapshot(): Hash | null {
		return this.#sinceSnapshot.last;
	}

	/** Whether whoever writes now should leave a snapshot: there is much to read, or the key is another. */
	isSnapshotDue(generation: number): boolean {
		const { changes, generation: last } = this.#sinceSnapshot;
		return changes >= CHANGES_PER_SNAPSHOT || (changes > 0 && last < generation);
	}

	/** Whoever came later, where history is closed, cannot read how it began: the first snapshot after that has to be believed. */
	#findBase(stream: readonly StreamEvent[]): Base | null | undefined {
		const first = stream.find((event) => event.verified);
		this.#beginsLater = first?.verified === true && first.parents.length > 0;
		if (!this.#beginsLater && this.#beginning === 'everything') return null;
		for (const event of snapshotsIn(stream, this.#beginsLater ? 'first' : 'newest')) {
			const text = textIn(event);
			if (text) return { event, text };
		}
		return this.#beginsLater ? undefined : null;
	}

	#read(event: VerifiedEvent): void {
		this.#lineage.add(event);
		const said = saidIn(event);
		if (!said) {
			if (isOurs(event) && event.content !== null) this.broken++;
		} else if (!this.#takeSaid(event, said)) this.broken++;
	}

	/** @returns whether it counts */
	#takeSaid(event: VerifiedEvent, said: Said): boolean {
		switch (said.type) {
			case 'document.update':
				return this.#update(event, said.content);
			case 'document.snapshot':
				return this.#snapshot(event, said.content);
			case 'document.freeze':
				return this.#freeze(event, said.content);
			case 'document.reopen':
				return this.#reopen(event, said.content);
			case 'document.open':
			case 'document.change':
				return true;
			default:
				return this.#comments.take(event, said);
		}
	}

	#update(event: VerifiedEvent, content: ContentOf<'document.update'>): boolean {
		const version = this.#known(content.version, event);
		if (!version) return this.#isBeforeBase(event, content);
		const arrived = this.#arrived(
			event,
			content,
			(content.settles ?? []).map(([pair, language]): TextKey => `${pair}/${language}`),
		);
		const change = arrived && version.text.take(arrived, this.#standsOn(event));
		if (change) version.contested.add(change);
		if (change) this.#sinceSnapshot.changes++;
		return change !== null || this.#base !== null;
	}

	/** The snapshot to begin with has it already, unless it came at the same time. */
	#isBeforeBase(event: VerifiedEvent, content: ContentOf<'document.update'>): boolean {
		this.#justBefore.push({ event, content });
		if (this.#justBefore.length > AT_THE_SAME_TIME) this.#justBefore.shift();
		return this.#base !== null;
	}

	/** A version that its author knew of. Of the first one everybody knows. */
	#known(name: VersionName, { id }: VerifiedEvent): Version | null {
		const known = this.#versions.get(name);
		if (known) return name === null || this.#lineage.standsOn(id, name) || this.#base !== null ? known : null;
		return name === null && this.#base === null ? this.#begin(null, new VersionText()) : null;
	}

	#begin(name: VersionName, text: VersionText): Version {
		const version = { text, contested: new ContestedTexts(text, this.#lineage) };
		this.#versions.set(name, version);
		return version;
	}

	#arrived(
		{ id, author, device, time }: VerifiedEvent,
		{ session, update, online = true }: { session: Uint8Array<ArrayBuffer>; update: Uint8Array; online?: boolean },
		settles: readonly TextKey[] = [],
	): Arrived | null {
		try {
			return { id, author, device, time, online, settles, update: unpacked(update), client: clientOf({ device, nonce: session }) };
		} catch {
			return null;
		}
	}

	/** Whoever knew of everything that is here knew of whatever a change refers to. */
	#standsOn({ id }: VerifiedEvent): StandsOn {
		return this.#base !== null || this.#lineage.standsOnAll(id) ? null : (earlier) => this.#lineage.standsOn(id, earlier);
	}

	#snapshot(event: VerifiedEvent, { version: name, heads, state }: ContentOf<'document.snapshot'>): boolean {
		this.#sinceSnapshot = { changes: 0, generation: event.generation, last: event.id };
		if (this.#base && event.id === this.#base.event.id) return this.#beginWith(name, this.#base.text);
		const version = this.#base === null && event.id === this.#newest ? this.#versions.get(name) : undefined;
		if (!version || isSnapshotOf(state, this.#textAt(version, heads))) return true;
		this.#false.push(actOf(event));
		return false;
	}

	/** What arrived while the snapshot was made is not in it. */
	#beginWith(name: VersionName, text: VersionText): boolean {
		this.#begin(name, text);
		for (const { event, content } of this.#justBefore.splice(0)) if (content.version === name) this.#update(event, content);
		return true;
	}

	#freeze(event: VerifiedEvent, content: ContentOf<'document.freeze'>): boolean {
		const version = this.#known(content.version, event);
		if (!version && this.#base === null) return false;
		if (this.#base === null && !content.heads.every((head) => this.#lineage.standsOn(event.id, head))) return false;
		const written = version && this.#base === null ? liveText(this.#textAt(version, content.heads)) : null;
		const frozen = frozenIn(event, content, written);
		if (frozen) this.#freezes.set(event.id, frozen);
		this.#chain = null;
		return frozen !== null;
	}

	/** A version as somebody had it. */
	#textAt({ text }: Version, heads: readonly Hash[]) {
		const isIn = (change: Change) => this.#lineage.isWithin(heads, change.id);
		return text.changes.every(isIn) ? text.doc : text.with(isIn);
	}

	#reopen(event: VerifiedEvent, content: ContentOf<'document.reopen'>): boolean {
		const of = this.#freezes.get(content.of);
		const arrived = this.#arrived(event, content);
		if (!of || !arrived || !mayFreeze(event.role)) return false;
		const text = new VersionText();
		const isWhole = text.take(arrived, null) !== null && beginsAs(of, liveText(text.doc));
		if (!isWhole) return false;
		this.#begin(event.id, text);
		this.#reopened.set(event.id, { ...actOf(event), of: content.of, reason: content.reason });
		this.#chain = null;
		return true;
	}

	/** An own event has its place now: what of it was waiting comes after what was there before. */
	#move(event: VerifiedEvent): void {
		const { id, position } = event;
		const [frozen, reopened] = [this.#freezes.get(id), this.#reopened.get(id)];
		if (frozen && frozen.position !== position) this.#freezes.set(id, { ...frozen, position });
		if (reopened && reopened.position !== position) this.#reopened.set(id, { ...reopened, position });
		if (frozen || reopened) this.#chain = null;
		this.#comments.acknowledge(event);
	}
}
