import { encode } from 'cborg';
import { createHash, generateKeyPairSync, randomBytes, sign, type KeyObject } from 'node:crypto';

/** A security key in software (WebAuthn Level 3 §6): ES256, user verified, one resident credential. */
export interface Authenticator {
	create(options: string, origin: string): string;
	get(options: string, origin: string): string;
}

const USER_PRESENT_AND_VERIFIED = 0b0101;
const ATTESTED = 0b0100_0000;

export function openAuthenticator(): Authenticator {
	const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
	const id = randomBytes(16);
	let counter = 0;
	return {
		create(options, origin) {
			const { challenge, rp } = JSON.parse(options) as { challenge: string; rp: { id: string } };
			const credential = Buffer.concat([randomBytes(16).fill(0), uint(id.length, 2), id, coseKey(publicKey)]);
			const authData = Buffer.concat([authenticatorData(rp.id, USER_PRESENT_AND_VERIFIED | ATTESTED, ++counter), credential]);
			const attestationObject = Buffer.from(encode({ fmt: 'none', attStmt: {}, authData }));
			return response(id, { clientDataJSON: clientData('webauthn.create', challenge, origin), attestationObject });
		},
		get(options, origin) {
			const { challenge, rpId } = JSON.parse(options) as { challenge: string; rpId: string };
			const authData = authenticatorData(rpId, USER_PRESENT_AND_VERIFIED, ++counter);
			const clientDataJSON = clientData('webauthn.get', challenge, origin);
			const signature = sign('sha256', Buffer.concat([authData, sha256(clientDataJSON)]), privateKey);
			return response(id, { clientDataJSON, authenticatorData: authData, signature });
		},
	};
}

const sha256 = (bytes: Uint8Array | string) => createHash('sha256').update(bytes).digest();
const clientData = (type: string, challenge: string, origin: string) =>
	Buffer.from(JSON.stringify({ type, challenge, origin, crossOrigin: false }));

function authenticatorData(rpId: string, flags: number, counter: number): Buffer {
	return Buffer.concat([sha256(rpId), Buffer.from([flags]), uint(counter, 4)]);
}

function uint(value: number, length: number): Buffer {
	const bytes = Buffer.alloc(length);
	bytes.writeUIntBE(value, 0, length);
	return bytes;
}

/** COSE_Key (RFC 9052 §7): EC2, ES256, P-256. */
function coseKey(publicKey: KeyObject): Buffer {
	const { x = '', y = '' } = publicKey.export({ format: 'jwk' });
	const entries: [number, number | Uint8Array][] = [
		[1, 2],
		[3, -7],
		[-1, 1],
		[-2, Buffer.from(x, 'base64url')],
		[-3, Buffer.from(y, 'base64url')],
	];
	return Buffer.from(encode(new Map(entries)));
}

function response(id: Buffer, parts: Record<string, Buffer>): string {
	const encoded = Object.fromEntries(Object.entries(parts).map(([name, value]) => [name, value.toString('base64url')]));
	const name = id.toString('base64url');
	return JSON.stringify({ id: name, rawId: name, type: 'public-key', clientExtensionResults: {}, response: encoded });
}
