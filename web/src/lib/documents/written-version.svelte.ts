import type { Client } from '@multaqa/shared/client/types';
import { liveText, type LivePair, type LiveText } from '@multaqa/shared/documents/live/text';
import { stateOf, TextWriter } from '@multaqa/shared/documents/live/writer';
import type { VersionText } from '@multaqa/shared/documents/live/version-text';
import type { VersionName } from '@multaqa/shared/documents/live/versions';
import { newPairId, sessionOf } from './session.ts';

/** The version that is written, with what is typed here in it before anybody else has it. */
export class WrittenVersion {
	readonly version: VersionName;
	readonly writer: TextWriter;
	readonly #typed: () => void;
	#text = $state.raw<LiveText>({ authority: 'both', pairs: [], counting: null });
	#undoable = $state.raw({ undo: false, redo: false });
	/** What it was made of, and how many of its changes are in. */
	#from: VersionText;
	#received: number;

	/** @param typed called when something was typed here */
	constructor(client: Client, version: VersionName, from: VersionText, typed: () => void) {
		this.version = version;
		this.#typed = typed;
		this.#from = from;
		this.#received = from.changes.length;
		this.writer = new TextWriter(sessionOf(client), newPairId, stateOf(from.doc));
		this.writer.doc.on('update', this.#changed);
		this.#changed();
	}

	get text(): LiveText {
		return this.#text;
	}

	get canUndo(): boolean {
		return this.#undoable.undo;
	}

	get canRedo(): boolean {
		return this.#undoable.redo;
	}

	undo(): void {
		this.writer.undo.undo();
	}

	redo(): void {
		this.writer.undo.redo();
	}

	/** What others wrote comes in at once; own changes are there already. */
	receive(from: VersionText): void {
		if (from !== this.#from) this.writer.receive(stateOf(from.doc));
		else for (const { update } of from.changes.slice(this.#received)) this.writer.receive(update);
		this.#from = from;
		this.#received = from.changes.length;
	}

	close(): void {
		this.writer.close();
	}

	readonly #changed = () => {
		const { doc, undo, hasUnsent } = this.writer;
		this.#text = keepingPairs(this.#text, liveText(doc));
		this.#undoable = { undo: undo.canUndo(), redo: undo.canRedo() };
		if (hasUnsent) this.#typed();
	};
}

/** Pairs that are what they were stay the same objects: only what changed is drawn again. */
function keepingPairs(before: LiveText, after: LiveText): LiveText {
	const known = new Map(before.pairs.map((pair) => [pair.id, pair]));
	const pairs = after.pairs.map((pair) => {
		const same = known.get(pair.id);
		return same && isSame(same, pair) ? same : pair;
	});
	return { ...after, pairs };
}

const isSame = (one: LivePair, other: LivePair): boolean =>
	one.ar === other.ar &&
	one.en === other.en &&
	one.kind === other.kind &&
	one.level === other.level &&
	one.part === other.part &&
	one.translation?.of === other.translation?.of &&
	one.translation?.language === other.translation?.language;
