import { request, type Agent } from 'node:http';
import { encodeCbor, type Cbor } from '@multaqa/shared/bytes/cbor';

/** One request as a browser sends it, made beforehand where time counts. */
export interface Asked {
	readonly method: 'GET' | 'POST';
	readonly path: string;
	readonly body: Uint8Array;
	/** Of a device that has to prove itself. */
	readonly proof?: string;
}

export const posting = (path: string, body: Cbor): Asked => ({ method: 'POST', path, body: encodeCbor(body) });

/** The status of the answer, once it is here whole. What it holds is not looked at. */
export function statusOf(agent: Agent, origin: string, cookie: string, { method, path, body, proof }: Asked): Promise<number> {
	return new Promise((resolve, reject) => {
		const sent = method === 'POST' ? { 'content-type': 'application/cbor', 'content-length': body.length } : {};
		const headers = { cookie, origin, ...sent, ...(proof ? { 'device-proof': proof } : {}) };
		const sending = request(origin + path, { method, agent, headers }, (response) => {
			response.resume();
			response.once('end', () => resolve(response.statusCode ?? 0));
			response.once('error', reject);
		});
		sending.once('error', reject);
		sending.end(body);
	});
}

/** @throws when it is not answered as it should be */
export async function ask(agent: Agent, origin: string, cookie: string, asked: Asked): Promise<void> {
	const status = await statusOf(agent, origin, cookie, asked);
	if (status !== 200) throw new Error(`${asked.path} was answered ${status}`);
}
