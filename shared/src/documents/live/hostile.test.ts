import * as Y from 'yjs';
import { beforeEach, expect, test } from 'vitest';
import { Desk, type Typist } from '../../testing/drafting.ts';
import { packed } from './packed.ts';
import { clientOf } from './session.ts';
import { placedPairs } from './text.ts';

let [desk, alice, mallory]: [Desk, Typist, Typist] = [] as never;
const nonce = new Uint8Array(8).fill(66);

beforeEach(() => {
	desk = new Desk();
	[alice, mallory] = [desk.sit('alice'), desk.sit('mallory')];
	alice.does(({ editing }) => {
		editing.add([{ kind: 'title', level: 1, ar: 'بيان', en: 'Statement', translation: null }], null);
	});
});

/** A change made by hand, under whatever number Mallory likes. */
function forged(work: (doc: Y.Doc) => void, client = clientOf({ device: mallory.device, nonce })): Uint8Array {
	const doc = new Y.Doc();
	for (const { update } of desk.read().textOf(null)?.changes ?? []) Y.applyUpdate(doc, update);
	const before = Y.encodeStateVector(doc);
	doc.clientID = client;
	work(doc);
	return Y.encodeStateAsUpdate(doc, before);
}

const update = (bytes: Uint8Array, more: object = {}) => ({ version: null, session: nonce, update: packed(bytes), online: true, ...more });
const isBroken = (content: object) => {
	const before = { broken: desk.read().broken, text: desk.text() };
	mallory.says('document.update', content as never);
	expect(desk.text()).toEqual(before.text);
	expect(desk.read().broken).toBe(before.broken + 1);
};
const add = (doc: Y.Doc, id = 'mine') => void doc.getMap('pairs').set(id, new Y.Map([['kind', 'item'] as const]));

test('bytes that are no change change nothing, and everybody goes on', () => {
	for (const bytes of [[], [0], [255, 255, 255, 255, 15], [1, 200, 1, 0, 0], Array.from({ length: 500 }, (_, at) => (at * 37) % 256)])
		isBroken(update(new Uint8Array(bytes)));
	isBroken({ ...update(new Uint8Array([0, 0])), update: new Uint8Array([7, 1, 2]) });
	isBroken({ ...update(new Uint8Array([0, 0])), update: new Uint8Array([1, 1, 2]) });
	alice.does(({ editing }) => editing.write(desk.text().pairs[0]!.id, 'ar', 'بيان جديد'));
	expect(desk.text().pairs[0]?.ar).toBe('بيان جديد');
});

test('nobody writes under the number of another session, of which there is but one', () => {
	const bytes = forged((doc) => add(doc), alice.client);
	isBroken(update(bytes));
	isBroken(update(bytes, { session: alice.writer.session.nonce }));
	isBroken(update(forged((doc) => doc.getMap('about').set('authority', 'ar'), 12_345)));
	mallory.says('document.update', update(forged((doc) => add(doc, 'other'))));
	expect(desk.read().textOf(null)?.changes).toHaveLength(2);
});

test('two changes in one place of a session: the second was never made, whoever reads', () => {
	const [one, other] = [forged((doc) => add(doc, 'one')), forged((doc) => add(doc, 'other'))];
	mallory.says('document.update', update(one));
	isBroken(update(other));
	isBroken(update(one));
	expect(placedPairs(desk.read().textOf(null)!.doc)).toHaveLength(1);
});

test('a change that leaves a gap behind it, or refers to what it does not stand on, is broken for everybody alike', () => {
	const later = new Y.Doc();
	later.clientID = clientOf({ device: mallory.device, nonce });
	add(later, 'first');
	const before = Y.encodeStateVector(later);
	add(later, 'second');
	isBroken(update(Y.encodeStateAsUpdate(later, before)));
	// Signed as if Eve had never seen what Alice wrote, and yet in the middle of her word.
	const eve = desk.sit('eve');
	const bytes = forged(
		(doc) => {
			const text = (doc.getMap('pairs').values().next().value as Y.Map<Y.Text>).get('ar');
			text?.insert(2, '!');
		},
		clientOf({ device: eve.device, nonce }),
	);
	const event = eve.says('document.update', update(bytes));
	expect(desk.text().pairs[0]?.ar).toBe('بي!ان');
	const place = desk.stream.findIndex(({ id }) => id === event.id);
	desk.stream[place] = { ...desk.stream[place]!, parents: [] };
	expect(desk.text().pairs[0]?.ar).toBe('بيان');
});

test('what no document of ours holds is refused: other roots, formats, embedded things, nested documents', () => {
	isBroken(update(forged((doc) => doc.getMap('elsewhere').set('a', 1))));
	isBroken(update(forged((doc) => doc.getMap('pairs').set('a', new Y.Array()))));
	isBroken(update(forged((doc) => doc.getMap('pairs').set('a', new Y.XmlText()))));
	isBroken(update(forged((doc) => doc.getMap('pairs').set('a', new Y.Doc()))));
	isBroken(update(forged((doc) => doc.getMap('about').set('authority', { deep: [[[]]] }))));
	isBroken(update(forged((doc) => doc.getMap('about').set('authority', 'x'.repeat(500)))));
	isBroken(update(forged((doc) => (doc.getMap('pairs').values().next().value as Y.Map<Y.Text>).get('ar')?.format(0, 2, { bold: true }))));
	isBroken(update(forged((doc) => (doc.getMap('pairs').values().next().value as Y.Map<Y.Text>).get('ar')?.insertEmbed(0, { a: 1 }))));
});

test('a pair without its parts is none; other kinds and places than there are stand for the usual ones', () => {
	mallory.says('document.update', update(forged((doc) => add(doc))));
	expect(desk.text().pairs).toHaveLength(1);
	mallory.says(
		'document.update',
		update(forged((doc) => (doc.getMap('pairs').values().next().value as Y.Map<unknown>).set('kind', 'heading!'))),
	);
	expect(desk.text().pairs[0]?.kind).toBe('paragraph');
});

test('whoever deletes everything is named, and every word can be had again', () => {
	const { id } = desk.text().pairs[0]!;
	mallory.does(({ editing }) => editing.write(id, 'ar', ''));
	mallory.does(({ editing }) => editing.remove(id));
	expect(desk.text().pairs).toEqual([]);
	const text = desk.read().textOf(null)!;
	expect(text.changes.map(({ author }) => author)).toEqual([alice.account, mallory.account, mallory.account]);
	expect(placedPairs(text.with(({ author }) => author === alice.account))[0]?.ar).toBe('بيان');
	alice.does(({ editing }) => editing.restore(id));
	expect(desk.text().pairs[0]?.en).toBe('Statement');
});

test('a version that nobody opened, or that its author cannot know, takes nothing', () => {
	isBroken(
		update(
			forged((doc) => add(doc)),
			{ version: desk.nextId() },
		),
	);
});
