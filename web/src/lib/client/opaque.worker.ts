import { client, ready } from '@serenity-kit/opaque';
import type { OpaqueCalls, OpaqueMethod, OpaqueReply, OpaqueRequest } from './opaque-messages.ts';

/** Argon2id, 128 MiB, three passes, one lane: `memory` is in KiB. */
const keyStretching = { 'argon2id-custom': { memory: 128 * 1024, iterations: 3, parallelism: 1 } };

const handlers: { [Method in OpaqueMethod]: (...input: OpaqueCalls[Method]['input']) => OpaqueCalls[Method]['output'] } = {
	startRegistration(password) {
		const { clientRegistrationState, registrationRequest } = client.startRegistration({ password });
		return { state: clientRegistrationState, request: registrationRequest };
	},
	finishRegistration(password, clientRegistrationState, registrationResponse) {
		const made = client.finishRegistration({ password, clientRegistrationState, registrationResponse, keyStretching });
		return { record: made.registrationRecord, exportKey: made.exportKey, serverKey: made.serverStaticPublicKey };
	},
	startLogin(password) {
		const { clientLoginState, startLoginRequest } = client.startLogin({ password });
		return { state: clientLoginState, request: startLoginRequest };
	},
	finishLogin(password, clientLoginState, loginResponse) {
		const made = client.finishLogin({ password, clientLoginState, loginResponse, keyStretching });
		return made ? { finish: made.finishLoginRequest, exportKey: made.exportKey, serverKey: made.serverStaticPublicKey } : null;
	},
};

addEventListener('message', async ({ data }: MessageEvent<OpaqueRequest>) => {
	postMessage(await answer(data));
});

async function answer({ id, method, input }: OpaqueRequest): Promise<OpaqueReply> {
	try {
		await ready;
		const handle = handlers[method] as (...input: readonly string[]) => unknown;
		return { id, output: handle(...input) };
	} catch {
		return { id, failed: true };
	}
}
