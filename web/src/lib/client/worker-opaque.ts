import { fromBase64url } from '@multaqa/shared/bytes/bytes';
import type { Opaque } from '@multaqa/shared/client/ports';
import { Problem } from '@multaqa/shared/problem';
import type { OpaqueCalls, OpaqueMethod, OpaqueReply } from './opaque-messages.ts';

/**
 * OPAQUE in a worker that lives from the first message to the last of one ceremony: Argon2id leaves 128 MiB
 * behind in it, which a small phone wants back.
 */
export function createOpaque(start: () => Worker): Opaque {
	let worker: Worker | undefined;
	const stop = () => {
		worker?.terminate();
		worker = undefined;
	};
	const ask = async <Method extends OpaqueMethod>(method: Method, ...input: OpaqueCalls[Method]['input']) => {
		try {
			return await question<OpaqueCalls[Method]['output']>((worker ??= start()), method, input);
		} catch (error) {
			// A worker whose script did not arrive never answers again.
			stop();
			throw error;
		}
	};
	const last = <T>(answer: Promise<T>): Promise<T> => answer.finally(stop);
	return {
		startRegistration: (passphrase) => ask('startRegistration', passphrase),
		async finishRegistration(passphrase, state, response) {
			const { record, exportKey, serverKey } = await last(ask('finishRegistration', passphrase, state, response));
			return { record, exportKey: fromBase64url(exportKey), serverKey };
		},
		startLogin: (passphrase) => ask('startLogin', passphrase),
		async finishLogin(passphrase, state, response) {
			const made = await last(ask('finishLogin', passphrase, state, response));
			return made && { finish: made.finish, exportKey: fromBase64url(made.exportKey), serverKey: made.serverKey };
		},
	};
}

let questions = 0;

function question<Output>(worker: Worker, method: OpaqueMethod, input: readonly string[]): Promise<Output> {
	const id = ++questions;
	return new Promise((resolve, reject) => {
		const done = new AbortController();
		const settle = (act: () => void) => {
			done.abort();
			act();
		};
		worker.addEventListener(
			'message',
			({ data }: MessageEvent<OpaqueReply>) => {
				if (data.id !== id) return;
				settle(() => (data.failed ? reject(new Problem('internal')) : resolve(data.output as Output)));
			},
			{ signal: done.signal },
		);
		// The script did not arrive: to the person that is a lost connection.
		worker.addEventListener('error', () => settle(() => reject(new Problem('offline'))), { signal: done.signal });
		worker.postMessage({ id, method, input });
	});
}
