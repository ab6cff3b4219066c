import { afterEach, describe, expect, test, vi } from 'vitest';
import { createPasskeys } from './passkeys.ts';

const salt = new Uint8Array(32).fill(7);
const secret = new Uint8Array(32).fill(9);
const id = 'AQIDBA';
const creation = JSON.stringify({
	challenge: 'AAAA',
	rp: { id: 'localhost', name: 'forum' },
	user: { id: 'AAAA', name: 'x', displayName: 'x' },
	pubKeyCredParams: [{ type: 'public-key', alg: -8 }],
});
const request = JSON.stringify({ challenge: 'AAAA', rpId: 'localhost', userVerification: 'required' });

const credential = (extensions: object) => ({
	id,
	rawId: new Uint8Array([1, 2, 3, 4]).buffer,
	type: 'public-key',
	authenticatorAttachment: 'platform',
	getClientExtensionResults: () => extensions,
	response: {
		clientDataJSON: new ArrayBuffer(1),
		attestationObject: new ArrayBuffer(1),
		authenticatorData: new ArrayBuffer(1),
		signature: new ArrayBuffer(1),
	},
});
const withResult = { prf: { results: { first: secret.buffer } } };

/** An authenticator in the test's hands. */
const answering = (create: () => unknown, get: () => unknown = () => credential(withResult)) => {
	const made = vi.spyOn(navigator.credentials, 'create').mockImplementation(async () => create() as Credential);
	const used = vi.spyOn(navigator.credentials, 'get').mockImplementation(async () => get() as Credential);
	return { made, used };
};
const refuse = (name: string) => () => {
	throw new DOMException('refused', name);
};

afterEach(() => vi.restoreAllMocks());

describe('making a passkey', () => {
	test('asks for PRF with the salt and answers the secret, which the server never gets', async () => {
		const { made } = answering(() => credential({ prf: { enabled: true, results: { first: secret.buffer } } }));
		const answer = await createPasskeys().create(creation, salt);
		const asked = made.mock.calls[0]?.[0]?.publicKey?.extensions as { prf: { eval: { first: Uint8Array } } };
		expect(asked.prf.eval.first).toEqual(salt);
		expect(answer.secret).toEqual(secret);
		expect(JSON.parse(answer.response)).toMatchObject({ id, clientExtensionResults: {} });
	});

	test('that answers PRF only when used is used once', async () => {
		const { used } = answering(() => credential({ prf: { enabled: true } }));
		const answer = await createPasskeys().create(creation, salt);
		expect(used).toHaveBeenCalledTimes(1);
		expect(used.mock.calls[0]?.[0]?.publicKey?.allowCredentials?.[0]?.id).toEqual(new Uint8Array([1, 2, 3, 4]).buffer);
		expect(answer.secret).toEqual(secret);
	});

	test('without PRF is refused, and nothing is asked twice', async () => {
		const { used } = answering(() => credential({ prf: { enabled: false } }));
		await expect(createPasskeys().create(creation, salt)).rejects.toMatchObject({ code: 'passkey-unsupported' });
		expect(used).not.toHaveBeenCalled();
	});

	test.each([
		['NotAllowedError', 'cancelled'],
		['AbortError', 'cancelled'],
		['NotSupportedError', 'passkey-unsupported'],
		['SecurityError', 'passkey-unsupported'],
		['ConstraintError', 'passkey-unsupported'],
	])('%s means %s', async (name, code) => {
		answering(refuse(name));
		await expect(createPasskeys().create(creation, salt)).rejects.toMatchObject({ code });
	});
});

describe('using a passkey', () => {
	test('answers the secret, and the server gets the rest', async () => {
		answering(refuse('NotAllowedError'));
		const answer = await createPasskeys().get(request, salt);
		expect(answer.secret).toEqual(secret);
		expect(answer.response).not.toContain('prf');
	});

	test('that gives no PRF result is not one of ours', async () => {
		answering(refuse('NotAllowedError'), () => credential({}));
		await expect(createPasskeys().get(request, salt)).rejects.toMatchObject({ code: 'passkey-unsupported' });
	});

	test('options that are not JSON are refused', async () => {
		answering(refuse('NotAllowedError'));
		await expect(createPasskeys().get('<html>', salt)).rejects.toMatchObject({ code: 'malformed' });
	});
});
