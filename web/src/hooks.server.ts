import type { Handle } from '@sveltejs/kit/hooks';
import lost from './lost.html?raw';

const POLICY = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/** Whoever comes to a wrong address gets a bare page: no script, no style, nothing of what this machine is for. */
export const handle: Handle = ({ event, resolve }) => {
	if (event.route.id !== null || event.url.pathname.startsWith('/_app/')) return resolve(event);
	const headers = { 'content-type': 'text/html; charset=utf-8', 'content-security-policy': POLICY };
	return new Response(lost, { status: 404, headers });
};
