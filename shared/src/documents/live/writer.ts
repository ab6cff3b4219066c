import * as Y from 'yjs';
import type { Bytes } from '../../bytes/bytes.ts';
import type { DraftPair } from '../pair.ts';
import { Editing, OWN, type NewPair } from './editing.ts';
import { clientOf, type Session } from './session.ts';
import type { LiveText } from './text.ts';
import { structsIn } from './update-check.ts';
import { CHANGE_LIMITS, scanUpdate } from './update-scan.ts';

/** Keystrokes less than so many milliseconds apart are undone together. */
const UNDONE_TOGETHER = 800;

/** A version open for writing on this device: what was typed here and not sent yet, and undoing of own changes alone. */
export class TextWriter {
	readonly session: Session;
	readonly doc: Y.Doc;
	readonly editing: Editing;
	readonly undo: Y.UndoManager;
	readonly #unsent: Uint8Array[] = [];

	/** @param state what is there already */
	constructor(session: Session, newId: () => string, state: Uint8Array | null = null) {
		this.session = session;
		this.doc = new Y.Doc();
		this.doc.clientID = clientOf(session);
		if (state) Y.applyUpdate(this.doc, state);
		this.editing = new Editing(this.doc, newId);
		const roots = [this.doc.getMap('pairs'), this.doc.getMap('about')];
		this.undo = new Y.UndoManager(roots, { trackedOrigins: new Set([OWN]), captureTimeout: UNDONE_TOGETHER });
		this.doc.on('update', (update: Uint8Array, _origin: unknown, _doc: Y.Doc, { local }: Y.Transaction) => {
			if (local) this.#unsent.push(update);
		});
	}

	get hasUnsent(): boolean {
		return this.#unsent.length > 0;
	}

	/** Takes changes that were checked (`DocumentLog`): own ones are there already. */
	receive(update: Uint8Array): void {
		Y.applyUpdate(this.doc, update);
	}

	/**
	 * What was typed since this was last asked, as much of it as one change may hold; `null`: nothing is left. Whoever
	 * takes it sends it, in this order.
	 */
	unsent(): Bytes | null {
		let [count, structs] = [0, 0];
		for (const update of this.#unsent) {
			structs += structsIn(update);
			if (count > 0 && structs > CHANGE_LIMITS.structs) break;
			count++;
		}
		if (count === 0) return null;
		// Each of them is one that everybody takes; together they may be more than that.
		while (count > 1 && !isTaken(merged(this.#unsent.slice(0, count)))) count = Math.ceil(count / 2);
		return merged(this.#unsent.splice(0, count));
	}

	/** It could not be sent: it goes first when sending is tried again, for what comes after stands on it. */
	giveBack(update: Uint8Array): void {
		this.#unsent.unshift(update);
	}

	close(): void {
		this.undo.destroy();
		this.doc.destroy();
	}
}

const merged = (updates: readonly Uint8Array[]): Bytes =>
	new Uint8Array(updates.length === 1 && updates[0] ? updates[0] : Y.mergeUpdates([...updates]));

function isTaken(update: Uint8Array): boolean {
	try {
		scanUpdate(update);
		return true;
	} catch {
		return false;
	}
}

/** Everything of a text, for another that goes on from it. */
export const stateOf = (doc: Y.Doc): Uint8Array => Y.encodeStateAsUpdate(doc);

/** A text from its beginning, as one change of a session: what a version begins with. Pairs keep their ids. */
export function beginningOf(session: Session, text: Omit<LiveText, 'pairs'> & { readonly pairs: readonly (DraftPair & NewPair)[] }): Bytes {
	const ids = text.pairs.map(({ id }) => id).values();
	const writer = new TextWriter(session, () => ids.next().value ?? '');
	writer.doc.transact(() => {
		writer.editing.setAuthority(text.authority);
		if (text.counting) writer.editing.setCounting(text.counting);
		writer.editing.add(text.pairs, null);
	}, OWN);
	const update = new Uint8Array(Y.encodeStateAsUpdate(writer.doc));
	writer.close();
	return update;
}
