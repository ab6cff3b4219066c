import type { AccountId, Hash } from '../../bytes/ids.ts';
import type { Language } from '../pair.ts';
import type { Lineage } from './lineage.ts';
import { placedPairs } from './text.ts';
import type { Change, TextKey, VersionText } from './version-text.ts';

/** Two who type on the line within so many seconds of each other see what becomes of it; everything else was written apart. */
export const LIVE_SECONDS = 30;

/** One of several texts that were written without knowledge of each other. */
export interface Variant {
	/** The last change of it. */
	readonly id: Hash;
	readonly author: AccountId;
	readonly time: number;
	readonly text: string;
	/** The paragraph was taken out. */
	readonly gone: boolean;
}

/** A text of which there are several. */
export interface Contested {
	readonly pair: string;
	readonly language: Language;
	/** By time. */
	readonly variants: readonly Variant[];
}

type Two = readonly [Change, Change];

/**
 * Paragraphs that were changed twice, apart. What counts as apart follows from the signed changes alone: neither stands on the
 * other, and one of the two was written off the line, or half a minute and more lies between them.
 */
export class ContestedTexts {
	readonly #text: VersionText;
	readonly #lineage: Pick<Lineage, 'standsOn'>;
	/** Changes of each text, by device, in its order. */
	readonly #changes = new Map<TextKey, Map<string, Change[]>>();
	readonly #apart = new Map<TextKey, Two[]>();
	readonly #settling = new Map<TextKey, Change[]>();
	#known: readonly Contested[] | null = null;

	constructor(text: VersionText, lineage: Pick<Lineage, 'standsOn'>) {
		this.#text = text;
		this.#lineage = lineage;
	}

	add(change: Change): void {
		for (const key of change.settles) this.#settling.set(key, [...(this.#settling.get(key) ?? []), change]);
		for (const key of change.texts) this.#addTo(key, change);
		if (this.#apart.size > 0) this.#known = null;
	}

	/** What is not settled yet. */
	get list(): readonly Contested[] {
		this.#known ??= [...this.#apart].flatMap(([key, pairs]) => this.#contested(key, pairs) ?? []);
		return this.#known;
	}

	#addTo(key: TextKey, change: Change): void {
		const byDevice = this.#changes.get(key) ?? new Map<string, Change[]>();
		this.#changes.set(key, byDevice);
		for (const [device, changes] of byDevice) {
			const other = device === change.device ? null : this.#lastApart(change, changes);
			if (other) this.#apart.set(key, [...(this.#apart.get(key) ?? []), [change, other]]);
		}
		const own = byDevice.get(change.device);
		if (own) own.push(change);
		else byDevice.set(change.device, [change]);
	}

	/** Of one device's changes the last that was made apart: whoever settles that one knows of those before it. */
	#lastApart(change: Change, changes: readonly Change[]): Change | null {
		for (const other of backwards(changes)) {
			if (this.#lineage.standsOn(change.id, other.id)) return null;
			if (isApart(change, other)) return other;
		}
		return null;
	}

	#contested(key: TextKey, apart: readonly Two[]): Contested | null {
		const settling = this.#settling.get(key) ?? [];
		const knows = (change: Change, other: Change) => this.#lineage.standsOn(change.id, other.id);
		const open = apart.filter(([one, other]) => !settling.some((change) => knows(change, one) && knows(change, other)));
		const involved = [...new Set(open.flat())];
		const heads = involved.filter((one) => !involved.some((other) => other !== one && knows(other, one)));
		const [pair, language] = [key.slice(0, -3), key.slice(-2) as Language];
		const variants = heads.map((head) => this.#variant(head, pair, language)).toSorted((one, other) => one.time - other.time);
		return new Set(variants.map(({ text, gone }) => (gone ? null : text))).size > 1 ? { pair, language, variants } : null;
	}

	/** As its author had it before them. */
	#variant({ id, author, time }: Change, pair: string, language: Language): Variant {
		const doc = this.#text.with((change) => this.#lineage.standsOn(id, change.id));
		const there = placedPairs(doc).find((one) => one.id === pair);
		return { id, author, time, text: there?.[language] ?? '', gone: there?.gone ?? true };
	}
}

const isApart = (one: Change, other: Change): boolean => !one.online || !other.online || Math.abs(one.time - other.time) > LIVE_SECONDS;

/** Without a copy: usually the first is enough. */
function* backwards<One>(list: readonly One[]): Generator<One, void> {
	for (let place = list.length - 1; place >= 0; place--) yield list[place] as One;
}
