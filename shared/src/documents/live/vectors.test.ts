import { bytesToHex, hexToBytes } from '@noble/hashes/utils.js';
import { describe, expect, test } from 'vitest';
import vectors from '../../../vectors/document-changes.json' with { type: 'json' };
import type { DeviceId, SpaceId, StreamId } from '../../bytes/ids.ts';
import { envelopeId, openEvent, readEnvelope, streamKey } from '../../log/envelope.ts';
import { decodeEvent, verifyEvent } from '../../log/event.ts';
import { canonicalBytes, hashOfText } from '../canonical.ts';
import { packed, unpacked } from './packed.ts';
import { saidIn } from './read.ts';
import { clientOf } from './session.ts';
import { isSnapshotOf } from './snapshots.ts';
import { liveText } from './text.ts';
import { VersionText } from './version-text.ts';

const device = vectors.device as DeviceId;
const bytes = (hex: string) => new Uint8Array(hexToBytes(hex));

/** The text that the published changes make. */
function written(): VersionText {
	const text = new VersionText();
	for (const { name, client, update } of vectors.changes) {
		const who = { author: 'writer', device, time: 0, online: true, settles: [] };
		expect(text.take({ ...who, id: name, update: bytes(update), client } as never, null), name).not.toBeNull();
	}
	return text;
}

describe('what was published of documents still holds', () => {
	test.each(vectors.changes)('$name', ({ nonce, client, update, sent }) => {
		expect(clientOf({ device, nonce: bytes(nonce) })).toBe(client);
		expect(bytesToHex(unpacked(bytes(sent)))).toBe(update);
		expect(bytesToHex(packed(bytes(update)))).toBe(sent);
	});

	test('the changes make the text, and the text its frozen form', () => {
		const text = liveText(written().doc);
		expect(text).toEqual(vectors.text);
		expect(bytesToHex(canonicalBytes(text))).toBe(vectors.frozen.bytes);
		expect(hashOfText(text)).toBe(vectors.frozen.hash);
	});

	test('the snapshot is of this text, and begins another that is the same', () => {
		expect(isSnapshotOf(bytes(vectors.snapshot), written().doc)).toBe(true);
		expect(liveText(new VersionText(unpacked(bytes(vectors.snapshot))).doc)).toEqual(vectors.text);
	});

	test.each(vectors.events)('$type opens to what was signed', async ({ type, id, signed, envelope, ...sealed }) => {
		const [space, stream] = [vectors.space as SpaceId, vectors.stream as StreamId];
		const key = await streamKey(bytes(vectors.generationKey), space, stream);
		const event = await decodeEvent(await openEvent(key, readEnvelope(bytes(envelope)), space, stream));
		expect([event.type, event.id, bytesToHex(event.signed)]).toEqual([type, id, signed]);
		expect(await verifyEvent(event)).toBe(true);
		expect(envelopeId(bytes(envelope))).toBe(sealed.envelopeId);
		expect(saidIn({ ...event, verified: true } as never)?.type).toBe(type);
	});
});
