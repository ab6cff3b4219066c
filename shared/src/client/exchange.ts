import * as v from 'valibot';
import type { AnswerOf, ParamsOf, Route } from '../api/route.ts';
import { concatBytes, type Bytes } from '../bytes/bytes.ts';
import { decodeCbor, encodeCbor, type Cbor } from '../bytes/cbor.ts';
import type { TransportCall } from './ports.ts';
import { isProblem, Problem } from '../problem.ts';
import { problemFrom } from './problem-json.ts';

/**
 * A synchronisation answer may be long; it is still bounded. Links and wraps are one item each and come in hundreds,
 * events nine items and at most half a megabyte of them: with more items than this, reading would hold the thread.
 */
const ANSWER_LIMITS = { bytes: 16 * 2 ** 20, items: 24_000, depth: 16 };
/** On a bad link a large answer takes its time; after this the line counts as lost. */
const PATIENCE = 90_000;

/**
 * One HTTP exchange as a route declares it.
 * @param send `fetch`, with cookies
 * @throws Problem as the server answered it; `offline`; `malformed` when the answer is not of the route's schema
 */
export async function exchange<R extends Route>(send: typeof fetch, route: R, call: TransportCall<R>): Promise<AnswerOf<R>> {
	const path = filledPath(route, call.params);
	const body = route.method === 'GET' ? new Uint8Array() : encodeCbor(call.request as Cbor);
	const headers: Record<string, string> = { accept: 'application/cbor, application/problem+json' };
	if (route.method !== 'GET') headers['content-type'] = 'application/cbor';
	if (call.prove) headers['device-proof'] = await call.prove(route.method, path, body);
	const request: RequestInit = {
		method: route.method,
		headers,
		credentials: 'same-origin',
		cache: 'no-store',
		redirect: 'error',
		referrerPolicy: 'no-referrer',
		signal: AbortSignal.timeout(PATIENCE),
	};
	if (route.method !== 'GET') request.body = body;
	const { response, bytes } = await received(send, path, request);
	if (!response.ok) throw problemFrom(response, bytes);
	return readAnswer(route, bytes);
}

async function received(send: typeof fetch, path: string, request: RequestInit) {
	try {
		const response = await send(path, request);
		return { response, bytes: await bodyOf(response) };
	} catch (error) {
		if (isProblem(error)) throw error;
		throw new Problem('offline');
	}
}

/** Takes no more into memory than an answer may have. @throws Problem `too-large` */
async function bodyOf({ body }: Response): Promise<Bytes> {
	const parts: Uint8Array[] = [];
	const reader = body?.getReader();
	for (let length = 0, part = await reader?.read(); part && !part.done; part = await reader?.read()) {
		parts.push(part.value);
		length += part.value.length;
		if (length <= ANSWER_LIMITS.bytes) continue;
		void reader?.cancel().catch(() => undefined);
		throw new Problem('too-large', { limit: ANSWER_LIMITS.bytes });
	}
	return concatBytes(...parts);
}

function filledPath<R extends Route>(route: R, params: ParamsOf<R>): string {
	const values = params as Record<string, string>;
	return route.path.replaceAll(/:([a-z]+)/g, (_, name: string) => encodeURIComponent(values[name] ?? ''));
}

function readAnswer<R extends Route>(route: R, bytes: Uint8Array): AnswerOf<R> {
	const value = bytes.length === 0 ? {} : decodeCbor(bytes, ANSWER_LIMITS);
	const answer = v.safeParse(route.answer, value, { abortEarly: true });
	if (!answer.success) throw new Problem('malformed', { reason: `answer of ${route.path}` });
	return answer.output as AnswerOf<R>;
}
