import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface MetricsListener {
	readonly port: number;
	close(): Promise<void>;
}

const LOOPBACK = '127.0.0.1';

/**
 * Serves figures to programs on this machine, on a port of its own that no proxy passes on. Nobody reaches it from
 * outside, and no page in a browser here either: it answers only to its own address.
 */
export async function listenForMetrics(port: number, text: () => Promise<string>): Promise<MetricsListener> {
	const server = createServer({ headersTimeout: 5_000, requestTimeout: 5_000 }, (request, response) => {
		request.resume();
		if (request.url !== '/metrics' || request.method !== 'GET' || !isOwn(request)) {
			response.writeHead(404).end();
			return;
		}
		text().then(
			(body) => response.writeHead(200, { 'Content-Type': 'text/plain; version=0.0.4; charset=utf-8' }).end(body),
			() => response.writeHead(503).end(),
		);
	});
	await new Promise<void>((resolve, reject) => {
		server.once('error', reject);
		server.listen(port, LOOPBACK, resolve);
	});
	return {
		port: (server.address() as AddressInfo).port,
		close: () =>
			new Promise((resolve) => {
				server.close(() => resolve());
				server.closeAllConnections();
			}),
	};
}

/** A page that has a name of its own lead to this machine asks under that name, and any page says where it comes from. */
const isOwn = ({ headers }: IncomingMessage): boolean =>
	/^(127\.0\.0\.1|localhost)(:\d+)?$/.test(headers.host ?? '') && headers.origin === undefined && headers['sec-fetch-site'] === undefined;
