/**
 * Writes `document-changes.json` beside it: `node shared/vectors/make-document-changes.ts`. Run it when the form of
 * changes, snapshots or frozen texts changes on purpose, never to make a failing test pass.
 */
import { writeFileSync } from 'node:fs';
import { bytesToHex } from '@noble/hashes/utils.js';
import * as Y from 'yjs';
import { toBase64url } from '../src/bytes/bytes.ts';
import { idBytes, idOf, type AccountId, type DeviceId, type Hash, type SpaceId, type StreamId } from '../src/bytes/ids.ts';
import type { Cbor } from '../src/bytes/cbor.ts';
import { signingKeyFromSeed } from '../src/crypto/sign.ts';
import { canonicalBytes, textHash } from '../src/documents/canonical.ts';
import { packed } from '../src/documents/live/packed.ts';
import { clientOf } from '../src/documents/live/session.ts';
import { snapshotOf } from '../src/documents/live/snapshots.ts';
import { liveText } from '../src/documents/live/text.ts';
import { beginningOf, TextWriter } from '../src/documents/live/writer.ts';
import { envelopeId, sealEvent, streamKey } from '../src/log/envelope.ts';
import { signEvent } from '../src/log/event.ts';
import { unsafeTestingRandom } from '../src/testing/random.ts';

const hex = bytesToHex;
const random = unsafeTestingRandom('document changes');
const bytesOf = (value: number, length = 32) => new Uint8Array(length).fill(value);
const hashOf = (value: number) => idOf<Hash>(bytesOf(value));
const device = await signingKeyFromSeed(bytesOf(1));
const deviceId = idOf<DeviceId>(device.publicKey);
const [space, stream] = [idOf<SpaceId>(bytesOf(2)), idOf<StreamId>(bytesOf(3, 16))];
const generationKey = bytesOf(4);
const cite = { seq: 0, head: hashOf(5) };

/** Two changes of a document: how a version begins, and what somebody types in it. */
const first = { device: deviceId, nonce: bytesOf(6, 8) };
const second = { device: deviceId, nonce: bytesOf(7, 8) };
const pair = { level: 1, translation: null } as const;
const beginning = beginningOf(first, {
	authority: 'both',
	counting: null,
	pairs: [
		{ ...pair, id: 'one', kind: 'title', ar: 'بيان', en: 'Statement' },
		{ ...pair, id: 'two', kind: 'paragraph', ar: 'نطالب بالعدالة.', en: 'We ask for justice.' },
	],
});
const writer = new TextWriter(second, () => 'three', beginning);
writer.editing.write('one', 'ar', 'بيان مشترك');
writer.editing.remove('two');
const typed = writer.unsent() ?? new Uint8Array();
const doc = new Y.Doc();
for (const update of [beginning, typed]) Y.applyUpdate(doc, update);
const text = liveText(doc);
const frozen = canonicalBytes(text);
const state = snapshotOf(doc) ?? new Uint8Array();

async function sealed(type: string, content: Cbor) {
	const { event, bytes } = await signEvent(
		{
			space,
			generation: 1,
			stream,
			type,
			parents: [],
			author: idOf<AccountId>(bytesOf(8)),
			voice: 'person',
			device: deviceId,
			devSeq: 1,
			devPrev: null,
			chain: cite,
			directory: cite,
			log: cite,
			frontier: { count: 0, digest: hashOf(9) },
			time: 1_790_812_800,
			content,
		},
		device,
	);
	const key = await streamKey(generationKey, space, stream);
	const envelope = await sealEvent(key, bytes, { space, stream, generation: 1 }, random);
	return { type, id: event.id, signed: hex(event.signed), envelope: hex(envelope), envelopeId: envelopeId(envelope) };
}

const change = (name: string, session: typeof first, update: Uint8Array) => ({
	name,
	nonce: hex(session.nonce),
	client: clientOf(session),
	update: hex(update),
	sent: hex(packed(update)),
});

const content = {
	about:
		'A document while it is written: two changes, the text that they make, its snapshot, its frozen form, and the events that carry them, signed and sealed. Bytes in hex, ids and hashes in base64url.',
	device: toBase64url(idBytes(deviceId)),
	space,
	stream,
	generationKey: hex(generationKey),
	changes: [change('a version begins', first, beginning), change('somebody types', second, typed)],
	text,
	snapshot: hex(state),
	frozen: { bytes: hex(frozen), hash: textHash(frozen) },
	events: [
		await sealed('document.update', { version: null, session: second.nonce, update: packed(typed), online: true }),
		await sealed('document.snapshot', { version: null, heads: [hashOf(10)], state, before: null }),
	],
};
writeFileSync(new URL('./document-changes.json', import.meta.url), `${JSON.stringify(content, null, '\t')}\n`);
