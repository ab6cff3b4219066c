import type { NewPasskey, Passkey } from '@multaqa/db/accounts';
import { fromBase64url } from '@multaqa/shared/bytes/bytes';
import { Problem } from '@multaqa/shared/problem';
import type { AuthenticationResponseJSON, RegistrationResponseJSON } from '@simplewebauthn/server';
import { randomBytes } from 'node:crypto';

/** Loaded when somebody first uses a passkey: certificates and CBOR of its own weigh 20 MB. */
const webauthn = () => import('@simplewebauthn/server');

/** Shown by the browser beside the passkey; the person's name stays unknown here. */
const NEUTRAL_NAME = 'Multaqa';
const TIMEOUT = 5 * 60_000;
/** COSE: EdDSA, ES256, RS256. */
const ALGORITHMS = [-8, -7, -257];
const relyingParty = (publicUrl: string) => new URL(publicUrl).hostname;

/** WebAuthn creation options (Level 3 §5.4) as JSON. @param challenge base64url */
export async function creationOptions(publicUrl: string, challenge: string): Promise<string> {
	const { generateRegistrationOptions } = await webauthn();
	const options = await generateRegistrationOptions({
		challenge: fromBase64url(challenge),
		rpName: NEUTRAL_NAME,
		rpID: relyingParty(publicUrl),
		userName: NEUTRAL_NAME,
		userDisplayName: NEUTRAL_NAME,
		userID: new Uint8Array(randomBytes(32)),
		timeout: TIMEOUT,
		attestationType: 'none',
		supportedAlgorithmIDs: ALGORITHMS,
		authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
	});
	return JSON.stringify(options);
}

/** WebAuthn request options (§5.5) as JSON; any passkey of this forum may answer. */
export async function requestOptions(publicUrl: string): Promise<{ challenge: string; options: string }> {
	const { generateAuthenticationOptions } = await webauthn();
	const options = await generateAuthenticationOptions({ rpID: relyingParty(publicUrl), userVerification: 'required', timeout: TIMEOUT });
	return { challenge: options.challenge, options: JSON.stringify(options) };
}

/** Verifies a new passkey. @throws Problem `malformed` */
export async function verifyNewPasskey(publicUrl: string, challenge: string, response: string): Promise<Omit<NewPasskey, 'account'>> {
	const { verifyRegistrationResponse } = await webauthn();
	const { registrationInfo } = await orMalformed(() =>
		verifyRegistrationResponse({
			response: JSON.parse(response) as RegistrationResponseJSON,
			expectedChallenge: challenge,
			expectedOrigin: publicUrl,
			expectedRPID: relyingParty(publicUrl),
			supportedAlgorithmIDs: ALGORITHMS,
		}),
	);
	if (!registrationInfo) throw new Problem('malformed', { reason: 'passkey' });
	const { id, publicKey, counter } = registrationInfo.credential;
	return { id, key: publicKey, counter };
}

/** The id that a sign-in response claims, or `null`. */
export function credentialIdOf(response: string): string | null {
	try {
		const { id } = JSON.parse(response) as { id?: unknown };
		return typeof id === 'string' && id.length <= 1_400 ? id : null;
	} catch {
		return null;
	}
}

/** The authenticator's new counter when the passkey signed the challenge, or `null`. */
export async function verifyPasskey(publicUrl: string, passkey: Passkey, challenge: string, response: string): Promise<number | null> {
	const { verifyAuthenticationResponse } = await webauthn();
	try {
		const { verified, authenticationInfo } = await verifyAuthenticationResponse({
			response: JSON.parse(response) as AuthenticationResponseJSON,
			expectedChallenge: challenge,
			expectedOrigin: publicUrl,
			expectedRPID: relyingParty(publicUrl),
			credential: { id: passkey.id, publicKey: passkey.key, counter: passkey.counter },
		});
		return verified ? authenticationInfo.newCounter : null;
	} catch {
		return null;
	}
}

async function orMalformed<T>(work: () => Promise<T>): Promise<T> {
	try {
		return await work();
	} catch {
		throw new Problem('malformed', { reason: 'passkey' });
	}
}
