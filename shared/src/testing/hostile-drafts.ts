import type { Bytes } from '../bytes/bytes.ts';
import { MOST_SENT } from '../documents/live/events.ts';
import { packed, unpacked } from '../documents/live/packed.ts';
import { isSnapshotOf, snapshotOf } from '../documents/live/snapshots.ts';
import { liveText } from '../documents/live/text.ts';
import { decodedUpdate } from '../documents/live/update-check.ts';
import { VersionText } from '../documents/live/version-text.ts';
import { Desk } from './drafting.ts';
import type { HostileReader } from './hostile-readers.ts';

/** Changes and snapshots of others, each against a text that is there. */
export function draftReaders(): readonly HostileReader[] {
	const desk = new Desk();
	const alice = desk.sit('alice');
	alice.does(({ editing }) => {
		editing.add([{ kind: 'title', level: 1, ar: 'بيان مشترك', en: 'Joint statement', translation: null }], null);
	});
	const first = desk.read().textOf(null);
	const [begun] = first?.changes ?? [];
	const { client } = alice;
	const id = desk.text().pairs[0]?.id ?? '';
	alice.does(({ editing }) => editing.write(id, 'ar', 'بيان مشترك بشأن المفقودين'));
	const text = desk.read().textOf(null);
	const next = text?.changes.at(-1);
	if (!text || !begun || !next) throw new Error('nothing was written');
	const take = (update: Bytes) => {
		const fresh = new VersionText();
		fresh.take({ ...begun, client }, null);
		fresh.take({ ...next, update, client }, null);
		return liveText(fresh.doc);
	};
	const state = snapshotOf(text.doc) ?? packed(new Uint8Array());
	return [
		{ name: 'a packed change', read: unpacked, sample: packed(next.update), most: MOST_SENT },
		{ name: 'a change of a document', read: (bytes) => decodedUpdate(bytes, client), sample: new Uint8Array(next.update) },
		{ name: 'a change, held against a text', read: (bytes) => take(new Uint8Array(bytes)), sample: new Uint8Array(next.update) },
		{ name: 'a snapshot of a document', read: (bytes) => isSnapshotOf(bytes, text.doc), sample: state, most: MOST_SENT },
	];
}
