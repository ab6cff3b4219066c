import type { Handle } from '@sveltejs/kit/hooks';
import { brotliCompressSync } from 'node:zlib';
import { immutable } from '$app/manifest';
import lost from './lost.html?raw';

const POLICY = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
const PUBLIC_POLICY = `${POLICY}; style-src 'self'; img-src 'self' data:; font-src 'self'`;
const STATEMENTS = '/(public)/statements';
const MEMBERS = '/(app)/(member)';
const SIGN_IN = '/sign-in';

/** Whoever comes to a wrong address gets a bare page: no script, no style, nothing of what this machine is for. */
export const handle: Handle = async ({ event, resolve }) => {
	const { id } = event.route;
	if (id === null && !event.url.pathname.startsWith('/_app/')) return nothingHere();
	if (id?.startsWith(STATEMENTS)) return await publicPage(await resolve(event, { transformPageChunk: ({ html }) => withoutScript(html) }));
	// Every page load begins locked: what members read would only stand in the way of the sign-in (hooks.client.ts).
	if (id?.startsWith(MEMBERS) && event.request.method === 'GET' && !event.isDataRequest)
		return packed(await event.fetch(SIGN_IN), event.request);
	return packed(await resolve(event, { transformPageChunk: ({ html }) => onlyNeeded(html) }), event.request);
};

const nothingHere = (): Response =>
	new Response(lost, { status: 404, headers: { 'content-type': 'text/html; charset=utf-8', 'content-security-policy': POLICY } });

/** Statements are read without any script; before its hour one looks like every address where nothing is. */
async function publicPage(response: Response): Promise<Response> {
	if (response.status === 404) return nothingHere();
	if (response.headers.get('content-type')?.startsWith('text/html')) response.headers.set('content-security-policy', PUBLIC_POLICY);
	return response;
}

const withoutScript = (html: string): string => html.replaceAll(/\s*<script>[^]*?<\/script>/g, '').replace(STYLES_OF_LATER, '');

/** Kit also links the styles of what a page may import later, which come with that anyway. */
const STYLES_OF_LATER = /\s*<link href="[^"]*\/reading\.[\w-]+\.css" rel="stylesheet">/;

/** Kit waits for its page of errors before it shows anything, and does not tell the browser beforehand. */
const ERROR_PAGE = immutable
	.filter(({ path }) => /\/nodes\/1\.[\w-]+\.js$/.test(path))
	.map(({ path }) => `\t<link href="${path.startsWith('/') ? path : `/${path}`}" rel="modulepreload">\n\t`)
	.join('');

const onlyNeeded = (html: string): string => html.replace(STYLES_OF_LATER, '').replace('</head>', `${ERROR_PAGE}</head>`);

const MOST_KEPT = 16;
const kept = new Map<string, Uint8Array<ArrayBuffer>>();

/**
 * Compressed where the browser takes it. The shells hold no secret and nothing that anybody sent, the same bytes for
 * everyone, so that their length tells nothing (BREACH); an answer with either of them must not come through here.
 */
async function packed(response: Response, request: Request): Promise<Response> {
	const { status, headers } = response;
	if (status !== 200 || !headers.get('content-type')?.startsWith('text/html')) return response;
	headers.append('vary', 'accept-encoding');
	if (!/\bbr\b/.test(request.headers.get('accept-encoding') ?? '')) return response;
	const html = await response.text();
	const bytes = kept.get(html) ?? new Uint8Array(brotliCompressSync(html));
	if (kept.size < MOST_KEPT) kept.set(html, bytes);
	headers.set('content-encoding', 'br');
	headers.set('content-length', String(bytes.length));
	return new Response(bytes, { status, headers });
}
