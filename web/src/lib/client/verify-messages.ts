import { concatBytes } from '@multaqa/shared/bytes/bytes';
import type { SignatureCheck } from '@multaqa/shared/crypto/verify';

const KEY = 32;
const SIGNATURE = 64;
const HEAD = KEY + SIGNATURE + 4;

/** Many checks as one piece of memory, which changes hands without being copied: key, signature, length, message. */
export function packChecks(checks: readonly SignatureCheck[]): ArrayBuffer {
	return concatBytes(...checks.flatMap(({ publicKey, message, signature }) => [publicKey, signature, uint32(message.length), message]))
		.buffer;
}

export function unpackChecks(packed: ArrayBuffer): SignatureCheck[] {
	const view = new DataView(packed);
	const checks: SignatureCheck[] = [];
	for (let start = 0; start < packed.byteLength;) {
		const length = view.getUint32(start + KEY + SIGNATURE);
		checks.push({
			publicKey: new Uint8Array(packed, start, KEY),
			signature: new Uint8Array(packed, start + KEY, SIGNATURE),
			message: new Uint8Array(packed, start + HEAD, length),
		});
		start += HEAD + length;
	}
	return checks;
}

function uint32(value: number): Uint8Array {
	const bytes = new Uint8Array(4);
	new DataView(bytes.buffer).setUint32(0, value);
	return bytes;
}

export interface VerifyQuestion {
	readonly id: number;
	readonly packed: ArrayBuffer;
}

export interface VerifyReply {
	readonly id: number;
	readonly holds: readonly boolean[];
}
