import { existsSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { fileURLToPath } from 'node:url';
import type { Context } from './context.ts';
import { ASSETS, PAGE_POLICY, SERVICE_WORKER, SERVICE_WORKER_POLICY, WORKER_POLICY } from './headers.ts';

/** Serves the page. Answers the pattern under which the request is logged. */
export type WebHandler = (request: IncomingMessage, response: ServerResponse) => string;

const WORKERS = `${ASSETS}workers/`;

/** The built page at `build` (a folder URL), or a line that says how to build it. */
export async function loadWeb(build: URL, { publicUrl, published }: Pick<Context, 'publicUrl' | 'published'>): Promise<WebHandler> {
	const entry = new URL('handler.js', build);
	if (!existsSync(fileURLToPath(entry))) return notBuilt;
	const { protocol, host } = new URL(publicUrl);
	// adapter-node reads these names once, when it is imported; without them forms over http are refused.
	Object.assign(process.env, { PROTOCOL_HEADER: 'x-forwarded-proto', HOST_HEADER: 'x-forwarded-host' });
	const { handler } = (await import(entry.href)) as { handler: (request: IncomingMessage, response: ServerResponse) => void };
	return (request, response) => {
		const path = request.url ?? '/';
		request.headers['x-forwarded-proto'] = protocol.slice(0, -1);
		request.headers['x-forwarded-host'] = host;
		// The one thing that pages made here may know: what is public.
		Object.assign(request, { published });
		const policy = policyOf(path);
		if (policy) response.setHeader('Content-Security-Policy', policy);
		handler(request, response);
		return path.startsWith('/_app/') ? 'asset' : 'page';
	};
}

function policyOf(path: string): string | null {
	if (path.startsWith(WORKERS)) return WORKER_POLICY;
	if (path === SERVICE_WORKER) return SERVICE_WORKER_POLICY;
	return path.startsWith(ASSETS) ? null : PAGE_POLICY;
}

const notBuilt: WebHandler = (_request, response) => {
	response.writeHead(503, { 'Content-Type': 'text/plain; charset=utf-8' }).end('The page has not been built: npm run build\n');
	return 'page';
};
