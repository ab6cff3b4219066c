import type { Bytes } from '@multaqa/shared/bytes/bytes';
import { request as plainRequest } from 'node:http';
import { request as secureRequest, type RequestOptions } from 'node:https';
import { isIP } from 'node:net';
import type { PushOptions } from './options.ts';
import { publicOnly } from './public-address.ts';
import type { Vapid } from './vapid.ts';

/** `gone`: the browser is no longer subscribed. `failed`: for whatever reason, this time. */
export type PushOutcome = 'taken' | 'gone' | 'failed';

export interface PushSender {
	readonly publicKey: Bytes;
	/** Is this an address at a push service that we speak to? */
	accepts(endpoint: string): boolean;
	/** Wakes the browser behind it: no content, no name, the same for everybody. Never throws. */
	wake(endpoint: string): Promise<PushOutcome>;
	/** Gives up what is under way. */
	close(): void;
}

const PATIENCE = 10_000;
/** A day: whoever looks later sees it in the page. */
const KEPT_SECONDS = 86_400;
/** One waiting knock replaces another (RFC 8030 §5.4). */
const TOPIC = 'new';
const MOST_HEADER_BYTES = 8 * 1024;

export function createPush({ services, onThisMachine = false }: Omit<PushOptions, 'subject'>, vapid: Vapid): PushSender {
	const closing = new AbortController();
	const accepted = (endpoint: string) => acceptedUrl(endpoint, services, onThisMachine);
	return {
		publicKey: vapid.publicKey,
		accepts: (endpoint) => accepted(endpoint) !== null,
		async wake(endpoint) {
			const url = accepted(endpoint);
			if (!url) return 'gone';
			const headers = {
				authorization: vapid.authorization(url.origin),
				ttl: KEPT_SECONDS,
				urgency: 'normal',
				topic: TOPIC,
				'content-length': 0,
			};
			const reached: RequestOptions = onThisMachine ? {} : { lookup: publicOnly() };
			const status = await post(url, { ...reached, headers }, AbortSignal.any([closing.signal, AbortSignal.timeout(PATIENCE)]));
			if (status === 404 || status === 410) return 'gone';
			return status !== null && status >= 200 && status < 300 ? 'taken' : 'failed';
		},
		close: () => closing.abort(),
	};
}

/** Whatever a client sends for an address is one of a push service, or nothing. */
function acceptedUrl(endpoint: string, services: readonly string[], onThisMachine: boolean): URL | null {
	const url = URL.parse(endpoint);
	if (!url || url.username || url.password || url.hash) return null;
	const { hostname, protocol, port } = url;
	const named = services.some((service) => isNamedBy(service, hostname));
	if (onThisMachine) return named ? url : null;
	const plain = protocol !== 'https:' || port !== '' || isIP(hostname.replace(/^\[|\]$/g, '')) !== 0;
	return named && !plain ? url : null;
}

function isNamedBy(service: string, hostname: string): boolean {
	return service.startsWith('*.') ? hostname.endsWith(service.slice(1)) && hostname.length > service.length - 1 : hostname === service;
}

/** The status of the answer, `null` when there was none. Follows nothing and reads nothing of what is answered. */
function post(url: URL, options: RequestOptions, signal: AbortSignal): Promise<number | null> {
	return new Promise((resolve) => {
		const request = url.protocol === 'https:' ? secureRequest : plainRequest;
		const sent = request(url, { ...options, method: 'POST', agent: false, maxHeaderSize: MOST_HEADER_BYTES, signal }, (answer) => {
			resolve(answer.statusCode ?? null);
			answer.destroy();
		});
		sent.on('error', () => resolve(null));
		sent.end();
	});
}
