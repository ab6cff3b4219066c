import { idBytes, type DeviceId } from '../../bytes/ids.ts';
import { hash } from '../../crypto/hash.ts';

/** What one device writes while a document is open there, once. */
export interface Session {
	readonly device: DeviceId;
	/** Eight random bytes. */
	readonly nonce: Uint8Array<ArrayBuffer>;
}

/**
 * The number under which a session's changes stand in the text (Yjs's client, 48 bits). It follows from the device and
 * the nonce, so that nobody can write under another's number and make two readers see two texts.
 */
export function clientOf({ device, nonce }: Session): number {
	const bytes = hash('document-session', idBytes(device), nonce);
	return bytes.subarray(0, 6).reduce((number, byte) => number * 256 + byte, 0);
}
