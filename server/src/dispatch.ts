import { Problem } from '@multaqa/shared/problem';
import { randomBytes } from 'node:crypto';
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { bareHeaders, ASSETS, forgetSender, setHeaders, strictHeaders } from './headers.ts';
import type { HealthHandler } from './operation/health.ts';
import type { Log } from './log.ts';
import type { WebHandler } from './web.ts';

export interface Destinations {
	readonly api: (request: IncomingMessage, response: ServerResponse) => Promise<void>;
	readonly web: WebHandler;
	readonly health: HealthHandler;
	readonly publicUrl: string;
	readonly log: Log;
}

/** One port: `/api/` is ours, `/socket.io/` answers for itself, the rest is the page. */
export function createDispatch({ api, web, health, publicUrl, log }: Destinations): RequestListener {
	const headers = strictHeaders(publicUrl);
	const bare = bareHeaders(publicUrl);
	return (request, response) => {
		const path = request.url ?? '/';
		forgetSender(request);
		const isApi = path.startsWith('/api/') || path === '/api';
		setHeaders(response, isApi || path.startsWith(ASSETS) ? bare : headers);
		if (path.startsWith('/socket.io/')) return;
		if (isApi) {
			void api(request, response).catch((error: unknown) => fail(response, error, log));
			return;
		}
		if (!health(request, response)) servePage(web, request, response, log);
	};
}

function servePage(web: WebHandler, request: IncomingMessage, response: ServerResponse, log: Log): void {
	const started = performance.now();
	const id = randomBytes(8).toString('hex');
	try {
		const route = web(request, response);
		response.once('close', () =>
			log.request({ id, method: request.method ?? '', route, status: response.statusCode, ms: performance.now() - started }),
		);
	} catch (error) {
		fail(response, error, log);
	}
}

function fail(response: ServerResponse, error: unknown, log: Log): void {
	log.unexpected(error);
	if (response.headersSent) response.destroy();
	else
		response
			.writeHead(500, { 'Content-Type': 'application/problem+json' })
			.end(JSON.stringify({ code: new Problem('internal').code, status: 500 }));
}
