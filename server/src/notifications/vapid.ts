import { fromBase64url, toBase64url, utf8, type Bytes } from '@multaqa/shared/bytes/bytes';
import { concatBytes } from '@multaqa/shared/bytes/bytes';
import { createPrivateKey, generateKeyPairSync, sign, type JsonWebKey } from 'node:crypto';

/** The server's own key, by which push services know that a browser subscribed with this server (RFC 8292). */
export interface Vapid {
	/** Uncompressed point on P-256. */
	readonly publicKey: Bytes;
	/** Value of the `authorization` header for a push service. */
	authorization(origin: string): string;
}

/** At most a day is allowed; half of one leaves room for clocks. */
const LIFETIME_SECONDS = 12 * 3600;

/** As it is kept among the settings. */
export function newVapidKey(): string {
	const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
	return JSON.stringify(privateKey.export({ format: 'jwk' }));
}

/** @param now milliseconds since 1970 */
export function createVapid(kept: string, subject: string, now: () => number): Vapid {
	const jwk = JSON.parse(kept) as JsonWebKey;
	const key = createPrivateKey({ key: jwk, format: 'jwk' });
	const publicKey = concatBytes(Uint8Array.of(4), fromBase64url(jwk.x ?? ''), fromBase64url(jwk.y ?? ''));
	const part = (value: object) => toBase64url(utf8(JSON.stringify(value)));
	const header = part({ typ: 'JWT', alg: 'ES256' });
	return {
		publicKey,
		authorization(origin) {
			const claims = part({ aud: origin, exp: Math.floor(now() / 1000) + LIFETIME_SECONDS, sub: subject });
			const signature = sign('sha256', utf8(`${header}.${claims}`), { key, dsaEncoding: 'ieee-p1363' });
			return `vapid t=${header}.${claims}.${toBase64url(signature)}, k=${toBase64url(publicKey)}`;
		},
	};
}
