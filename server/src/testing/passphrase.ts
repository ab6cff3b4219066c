import { accounts, session, type NewCredential } from '@multaqa/shared/api/accounts';
import { client, ready } from '@serenity-kit/opaque';
import type { Browser } from './http.ts';

/** Weak on purpose: these tests are about the server, which never sees how a passphrase is stretched. */
const keyStretching = { 'argon2id-custom': { iterations: 1, memory: 8, parallelism: 1 } } as const;

export async function registerPassphrase(browser: Browser, handle: string, password: string): Promise<NewCredential> {
	await ready;
	const { clientRegistrationState, registrationRequest } = client.startRegistration({ password });
	const { response } = await browser.call(accounts.passphraseStart, { request: { handle, request: registrationRequest } });
	const { registrationRecord } = client.finishRegistration({
		password,
		registrationResponse: response,
		clientRegistrationState,
		keyStretching,
	});
	return { kind: 'passphrase', handle, record: registrationRecord };
}

/** The first half of a sign-in; `finish` is `null` where the passphrase does not fit. */
export async function startPassphrase(
	browser: Browser,
	handle: string,
	password: string,
): Promise<{ attempt: string; finish: string | null; response: string }> {
	await ready;
	const { clientLoginState, startLoginRequest } = client.startLogin({ password });
	const { attempt, response } = await browser.call(session.passphraseStart, { request: { handle, request: startLoginRequest } });
	const login = client.finishLogin({ clientLoginState, loginResponse: response, password, keyStretching });
	return { attempt, response, finish: login?.finishLoginRequest ?? null };
}

/** A first message of a sign-in, as its bytes on the wire. */
export async function loginRequest(password: string): Promise<string> {
	await ready;
	return client.startLogin({ password }).startLoginRequest;
}
