import * as Y from 'yjs';

/** Where a structure of a change is put in, as its author says. */
export interface PutIn extends Pick<Y.Item, 'origin' | 'rightOrigin' | 'parentSub'> {
	readonly parent: unknown;
	/** Something in the same text, where nothing else tells which one it is. */
	readonly beside: Y.ID | null;
}

/** So many structures may lie between the neighbours of what a change puts in, of all of it together. */
const MOST_BETWEEN = 20_000;

/**
 * Whether putting these in would mean looking at very much. Between two letters that were neighbours to somebody lies
 * what others wrote there at the same time: some words, never thousands of pieces. Whoever names neighbours that were
 * none makes every reader look at all that lies between. The same for everybody who reads in the server's order.
 */
export function isCrowded(doc: Y.Doc, putIn: readonly PutIn[]): boolean {
	let left = MOST_BETWEEN;
	for (const place of putIn) {
		left = walk(doc, place, left);
		if (left < 0) return true;
	}
	return false;
}

/** What is left of `steps` on the way from one neighbour to the other. */
function walk(doc: Y.Doc, place: PutIn, steps: number): number {
	const [left, right] = [itemAt(doc, place.origin), itemAt(doc, place.rightOrigin)];
	let item = left ?? firstOf(doc, place, right ?? itemAt(doc, place.beside));
	if (left && left === right) return steps;
	if (left) item = left.right;
	// A map's values hang on the newest of them.
	for (let before = left ? null : item?.left; before && steps >= 0; before = before.left, steps--) item = before;
	for (; item && item !== right && steps >= 0; item = item.right) steps--;
	return steps;
}

function firstOf(doc: Y.Doc, { parent, parentSub }: PutIn, right: Y.Item | null): Y.Item | null {
	const type = right ? right.parent : typeAt(doc, parent);
	const key = right ? right.parentSub : parentSub;
	if (!(type instanceof Y.AbstractType)) return null;
	return key === null ? type._start : (type._map.get(key) ?? null);
}

function typeAt(doc: Y.Doc, parent: unknown): unknown {
	if (typeof parent === 'string') return doc.share.get(parent);
	const content = parent instanceof Y.ID ? itemAt(doc, parent)?.content : null;
	return content instanceof Y.ContentType ? content.type : null;
}

/** `null` for what is not there yet: it comes with the change itself. */
function itemAt(doc: Y.Doc, id: Y.ID | null): Y.Item | null {
	if (id === null || id.clock >= Y.getState(doc.store, id.client)) return null;
	const item = Y.getItem(doc.store, id);
	return item instanceof Y.Item ? item : null;
}
