import type { Connection } from '@multaqa/db/database';
import { settleSetting } from '@multaqa/db/settings';
import { Problem } from '@multaqa/shared/problem';

/** The server's half of OPAQUE (RFC 9807). All strings are base64url. */
export interface OpaqueServer {
	/** @throws Problem `malformed` */
	register(handle: string, request: string): Promise<string>;
	/** Without a record the answer looks and takes as with one. @throws Problem `malformed` */
	start(handle: string, record: string | null, request: string): Promise<{ state: string; response: string }>;
	/** True when the client knows the passphrase. */
	finish(state: string, finish: string): Promise<boolean>;
}

const SETTING = 'opaque-server-setup';

/** The WebAssembly module and the server's secret are loaded when somebody first needs a passphrase. */
export function createOpaque(db: Connection): OpaqueServer {
	let loaded: ReturnType<typeof load> | null = null;
	const ready = () =>
		(loaded ??= load(db).catch((error: unknown) => {
			loaded = null;
			throw error;
		}));
	return {
		async register(handle, request) {
			const { server, serverSetup } = await ready();
			return orMalformed(
				() => server.createRegistrationResponse({ serverSetup, userIdentifier: handle, registrationRequest: request }).registrationResponse,
			);
		},
		async start(handle, record, request) {
			const { server, serverSetup } = await ready();
			const { serverLoginState, loginResponse } = orMalformed(() =>
				server.startLogin({ serverSetup, userIdentifier: handle, registrationRecord: record, startLoginRequest: request }),
			);
			return { state: serverLoginState, response: loginResponse };
		},
		async finish(state, finish) {
			const { server } = await ready();
			try {
				server.finishLogin({ serverLoginState: state, finishLoginRequest: finish });
				return true;
			} catch {
				return false;
			}
		},
	};
}

async function load(db: Connection) {
	const opaque = await import('@serenity-kit/opaque');
	await opaque.ready;
	return { server: opaque.server, serverSetup: await settleSetting(db, SETTING, () => opaque.server.createSetup()) };
}

function orMalformed<T>(work: () => T): T {
	try {
		return work();
	} catch {
		throw new Problem('malformed', { reason: 'OPAQUE message' });
	}
}
