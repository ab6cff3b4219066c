import type {
	AuthenticationResponseJSON,
	PublicKeyCredentialCreationOptionsJSON,
	PublicKeyCredentialRequestOptionsJSON,
	RegistrationResponseJSON,
} from '@simplewebauthn/browser';
import { toBase64url, type Bytes } from '@multaqa/shared/bytes/bytes';
import type { Passkeys } from '@multaqa/shared/client/ports';
import { Problem } from '@multaqa/shared/problem';

interface PrfOutputs {
	prf?: { enabled?: boolean; results?: { first?: ArrayBuffer } };
}

/** Loaded when a passkey is used, not to show the page that offers one. */
const library = () =>
	import('@simplewebauthn/browser').catch(() => {
		throw new Problem('offline');
	});

/** Whether it is worth offering a passkey here at all; whether it has PRF is only known by trying. */
export function canUsePasskeys(): boolean {
	return globalThis.isSecureContext && typeof globalThis.PublicKeyCredential === 'function';
}

/** WebAuthn with PRF (WebAuthn Level 3 §10.1.4). The PRF result never goes into what the server receives. */
export function createPasskeys(): Passkeys {
	return {
		create: (options, salt) => named(() => create(parse(options), salt)),
		get: (options, salt) => named(() => get(parse(options), salt)),
	};
}

async function create(options: PublicKeyCredentialCreationOptionsJSON, salt: Uint8Array) {
	const { startRegistration } = await library();
	const response = await startRegistration({ optionsJSON: withPrf(options, salt) });
	const outputs = response.clientExtensionResults as PrfOutputs;
	const first = outputs.prf?.results?.first;
	if (!first && outputs.prf?.enabled !== true) {
		await forgetCredential(options.rp.id, response.id);
		throw new Problem('passkey-unsupported');
	}
	// Many authenticators answer PRF only when used, not when made: then it is used once, for us alone.
	const secret = first ? new Uint8Array(first) : await secretOf(response.id, options.rp.id, salt);
	return { response: withoutSecret(response), secret };
}

async function get(options: PublicKeyCredentialRequestOptionsJSON, salt: Uint8Array) {
	const { startAuthentication } = await library();
	const response = await startAuthentication({ optionsJSON: withPrf(options, salt) });
	return { response: withoutSecret(response), secret: prfOf(response) };
}

async function secretOf(id: string, rpId: string | undefined, salt: Uint8Array): Promise<Bytes> {
	const options: PublicKeyCredentialRequestOptionsJSON = {
		challenge: toBase64url(crypto.getRandomValues(new Uint8Array(32))),
		allowCredentials: [{ type: 'public-key', id }],
		userVerification: 'required',
	};
	if (rpId) options.rpId = rpId;
	const { startAuthentication } = await library();
	return prfOf(await startAuthentication({ optionsJSON: withPrf(options, salt) }));
}

function prfOf(response: AuthenticationResponseJSON): Bytes {
	const first = (response.clientExtensionResults as PrfOutputs).prf?.results?.first;
	if (!first) throw new Problem('passkey-unsupported');
	return new Uint8Array(first);
}

function withPrf<Options extends { extensions?: object }>(options: Options, salt: Uint8Array): Options {
	return { ...options, extensions: { ...options.extensions, prf: { eval: { first: new Uint8Array(salt) } } } };
}

function withoutSecret(response: RegistrationResponseJSON | AuthenticationResponseJSON): string {
	return JSON.stringify({ ...response, clientExtensionResults: {} });
}

/** Asks the password manager to drop a passkey that we cannot use (WebAuthn Level 3 §5.1.10). */
async function forgetCredential(rpId: string | undefined, credentialId: string): Promise<void> {
	const api = PublicKeyCredential as { signalUnknownCredential?: (of: object) => Promise<void> };
	await api.signalUnknownCredential?.({ rpId: rpId ?? location.hostname, credentialId }).catch(() => {});
}

function parse<Options>(json: string): Options {
	try {
		return JSON.parse(json) as Options;
	} catch {
		throw new Problem('malformed', { reason: 'passkey options' });
	}
}

const UNSUPPORTED = ['NotSupportedError', 'SecurityError', 'ConstraintError', 'InvalidStateError'];

async function named<T>(ceremony: () => Promise<T>): Promise<T> {
	try {
		return await ceremony();
	} catch (error) {
		if (error instanceof Problem) throw error;
		const { WebAuthnError } = await library();
		const cause = error instanceof WebAuthnError ? error.cause : error;
		const name = cause instanceof Error || cause instanceof DOMException ? cause.name : '';
		throw new Problem(UNSUPPORTED.includes(name) ? 'passkey-unsupported' : 'cancelled');
	}
}
