import { answers } from '@multaqa/db/room';
import type { Connection } from '@multaqa/db/database';
import type { IncomingMessage, ServerResponse } from 'node:http';

/** Answers for `/healthz` and `/readyz`; `false`: it is another path. */
export type HealthHandler = (request: IncomingMessage, response: ServerResponse) => boolean;

/** Whoever asks often learns nothing new, and costs the database nothing. */
const REMEMBERED = 1_000;

/**
 * Two words for a supervisor or a proxy, the same for everybody: the process lives (`ok`), the database answers
 * (`ready`). Nothing of what is in it, how busy it is or who is there.
 * @param takes whether this node takes people just now: not while it stops, nor while it does not hear the other nodes
 */
export function createHealth(db: Connection, now: () => number, takes: () => boolean): HealthHandler {
	let asked: { at: number; ready: Promise<boolean> } | null = null;
	const isReady = async () => {
		if (!takes()) return false;
		if (asked === null || now() - asked.at > REMEMBERED) asked = { at: now(), ready: answers(db) };
		return asked.ready;
	};
	return (request, response) => {
		if (request.url === '/healthz') say(response, 200, 'ok');
		else if (request.url === '/readyz') void isReady().then((ready) => say(response, ready ? 200 : 503, ready ? 'ready' : 'not ready'));
		else return false;
		request.resume();
		return true;
	};
}

function say(response: ServerResponse, status: number, word: string): void {
	response.writeHead(status, { 'Content-Type': 'text/plain; charset=utf-8' }).end(`${word}\n`);
}
