import { existsSync, readFileSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { fileURLToPath } from 'node:url';
import { LIST_ADDRESS, RELEASE_ADDRESS, SIGNATURE_ADDRESS } from '@multaqa/shared/release/release';
import type { Context } from './context.ts';
import { ASSETS, PAGE_POLICY, SERVICE_WORKER, SERVICE_WORKER_POLICY, WORKER_POLICY } from './headers.ts';

/** Serves the page. Answers the pattern under which the request is logged. */
export type WebHandler = (request: IncomingMessage, response: ServerResponse) => string;

const WORKERS = `${ASSETS}workers/`;

/** The built page at `build` (a folder URL), or a line that says how to build it. */
export async function loadWeb(build: URL, { publicUrl, published }: Pick<Context, 'publicUrl' | 'published'>): Promise<WebHandler> {
	const entry = new URL('handler.js', build);
	if (!existsSync(fileURLToPath(entry))) return notBuilt;
	const release = releaseIn(build);
	const { protocol, host } = new URL(publicUrl);
	// adapter-node reads these names once, when it is imported; without them forms over http are refused.
	Object.assign(process.env, { PROTOCOL_HEADER: 'x-forwarded-proto', HOST_HEADER: 'x-forwarded-host' });
	const { handler } = (await import(entry.href)) as { handler: (request: IncomingMessage, response: ServerResponse) => void };
	return (request, response) => {
		const path = request.url ?? '/';
		const signed = release.get(path);
		if (signed) return sendSigned(response, signed);
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

interface SignedFile {
	readonly type: string;
	/** `null`: nobody signed what was built here, which is no error. */
	readonly bytes: Uint8Array | null;
}

/** What was put beside the build when it was signed (`web/release`), which the build itself cannot know. */
function releaseIn(build: URL): ReadonlyMap<string, SignedFile> {
	const types = { [RELEASE_ADDRESS]: 'application/json', [SIGNATURE_ADDRESS]: 'application/octet-stream', [LIST_ADDRESS]: 'text/plain' };
	return new Map(
		Object.entries(types).map(([address, type]) => {
			const file = new URL(`.${address}`, build);
			return [address, { type, bytes: existsSync(file) ? readFileSync(file) : null }];
		}),
	);
}

function sendSigned(response: ServerResponse, { type, bytes }: SignedFile): string {
	if (bytes) response.writeHead(200, { 'Content-Type': type }).end(bytes);
	else response.writeHead(204).end();
	return 'asset';
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
