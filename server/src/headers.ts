import type { IncomingMessage, ServerResponse } from 'node:http';

const PERMISSIONS = [
	'camera=(self)',
	'publickey-credentials-get=(self)',
	'publickey-credentials-create=(self)',
	...['geolocation', 'microphone', 'payment', 'usb', 'serial', 'hid', 'midi', 'display-capture', 'browsing-topics', 'interest-cohort'].map(
		(feature) => `${feature}=()`,
	),
].join(', ');

const TWO_YEARS = 63_072_000;

/** Carried by every page and everything that is not told apart (S-12); what is served may say more, never less. */
export function strictHeaders(publicUrl: string): readonly (readonly [string, string])[] {
	const headers: [string, string][] = [
		['Cross-Origin-Opener-Policy', 'same-origin'],
		['Cross-Origin-Resource-Policy', 'same-origin'],
		['X-Content-Type-Options', 'nosniff'],
		['Referrer-Policy', 'no-referrer'],
		['Permissions-Policy', PERMISSIONS],
		['X-Frame-Options', 'DENY'],
		['X-DNS-Prefetch-Control', 'off'],
		['Cache-Control', 'no-store'],
	];
	if (publicUrl.startsWith('https:')) headers.push(['Strict-Transport-Security', `max-age=${TWO_YEARS}; includeSubDomains`]);
	return headers;
}

/**
 * Programs, styles, fonts and the answers of the API are no documents: what only concerns documents would be sent in
 * vain, half a kilobyte with every post.
 */
export function bareHeaders(publicUrl: string): readonly (readonly [string, string])[] {
	const wanted = [
		'Cross-Origin-Resource-Policy',
		'X-Content-Type-Options',
		'Referrer-Policy',
		'Cache-Control',
		'Strict-Transport-Security',
	];
	return strictHeaders(publicUrl).filter(([name]) => wanted.includes(name));
}

/** Where the build puts files whose name changes with their content. */
export const ASSETS = '/_app/immutable/';

/** Nothing that the API answers is ever a document. */
export const API_POLICY = "default-src 'none'; frame-ancestors 'none'";
/** The page brings its own policy; this one also stands where that one is only a `<meta>`. */
export const PAGE_POLICY = "frame-ancestors 'none'";
/** The passphrase runs in a worker of its own, which may compile WebAssembly and reach nothing. */
export const WORKER_POLICY = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'none'";
/** What keeps the program on devices (`web/src/service-worker.ts`). Each browser looks there for a newer one. */
export const SERVICE_WORKER = '/service-worker.js';
/** It passes on what is not kept, to this server only, makes no script of anything, and shows notices with a picture of this device. */
export const SERVICE_WORKER_POLICY =
	"default-src 'none'; connect-src 'self'; img-src data:; require-trusted-types-for 'script'; trusted-types 'none'";

export function setHeaders(response: ServerResponse, headers: readonly (readonly [string, string])[]): void {
	for (const [name, value] of headers) response.setHeader(name, value);
}

/** Headers by which a proxy tells who is asking: none of them is to reach any code of ours (S-14). */
const TELLTALE =
	/^(x-forwarded-.*|forwarded|via|x-real-ip|x-client-ip|x-cluster-client-ip|true-client-ip|cf-.*|fastly-client-ip|user-agent|sec-ch-ua.*)$/;

/** Removes them in place, from the parsed headers and from the raw ones. */
export function forgetSender(request: IncomingMessage): void {
	for (const name of Object.keys(request.headers)) if (TELLTALE.test(name)) delete request.headers[name];
	const kept: string[] = [];
	for (let index = 0; index + 1 < request.rawHeaders.length; index += 2) {
		const [name, value] = request.rawHeaders.slice(index, index + 2);
		if (name !== undefined && value !== undefined && !TELLTALE.test(name.toLowerCase())) kept.push(name, value);
	}
	request.rawHeaders.splice(0, request.rawHeaders.length, ...kept);
}
