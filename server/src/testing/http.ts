import type { AnswerOf, ParamsOf, RequestOf, Route } from '@multaqa/shared/api/route';
import { decodeCbor, encodeCbor, type Cbor } from '@multaqa/shared/bytes/cbor';
import type { ProblemCode } from '@multaqa/shared/problem';
import * as v from 'valibot';

export interface ProblemAnswer {
	readonly status: number;
	readonly code: ProblemCode;
	readonly rule?: string;
	readonly reason?: string;
	readonly retryAfter?: number;
}

export interface Sent<R extends Route> {
	readonly params?: ParamsOf<R>;
	readonly request?: RequestOf<R>;
	/** Instead of a request: exactly these bytes. */
	readonly body?: Uint8Array<ArrayBuffer>;
	readonly headers?: Readonly<Record<string, string>>;
	readonly prove?: (method: string, path: string, body: Uint8Array) => Promise<string>;
}

/** A browser without a page: it keeps the session cookie and speaks the contract. */
export interface Browser {
	readonly url: string;
	cookie: string;
	/** The raw answer. */
	send<R extends Route>(route: R, sent?: Sent<R>): Promise<Response>;
	/** The parsed answer; throws what the server answered instead. */
	call<R extends Route>(route: R, sent?: Sent<R>): Promise<AnswerOf<R>>;
	/** The problem that the server is expected to answer. */
	refused<R extends Route>(route: R, sent?: Sent<R>): Promise<ProblemAnswer>;
}

export function openBrowser(url: string): Browser {
	const browser: Browser = {
		url,
		cookie: '',
		async send(route, sent = {}) {
			const path = route.path.replaceAll(
				/:([a-z]+)/g,
				(_, name: string) => (sent.params as Record<string, string> | undefined)?.[name] ?? '',
			);
			const body = sent.body ?? (route.method === 'GET' ? new Uint8Array() : encodeCbor((sent.request ?? {}) as Cbor));
			const headers: Record<string, string> = { 'content-type': 'application/cbor', cookie: browser.cookie, ...sent.headers };
			if (sent.prove) headers['device-proof'] = await sent.prove(route.method, path, body);
			const response = await fetch(url + path, { method: route.method, headers, ...(route.method === 'GET' ? {} : { body }) });
			const cookie = response.headers.get('set-cookie')?.split(';')[0];
			if (cookie) browser.cookie = cookie;
			return response;
		},
		async call(route, sent) {
			const response = await browser.send(route, sent);
			if (!response.ok) throw new Error(`${route.method} ${route.path}: ${response.status} ${await response.text()}`);
			const answer = decodeCbor(new Uint8Array(await response.arrayBuffer()), { bytes: 2 ** 26, items: 1_000_000, depth: 16 });
			return v.parse(route.answer, answer) as never;
		},
		async refused(route, sent) {
			const response = await browser.send(route, sent);
			if (response.ok) throw new Error(`${route.method} ${route.path} was answered`);
			return (await response.json()) as ProblemAnswer;
		},
	};
	return browser;
}
