import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What came to a push service. */
export interface Knock {
	readonly path: string;
	readonly headers: IncomingHttpHeaders;
	readonly body: string;
}

/** A push service on this machine, and how it behaves. */
export interface PushService {
	/** Beginning of its endpoints. */
	readonly url: string;
	readonly knocks: Knock[];
	/** 201 until something else is said. */
	answer: (response: ServerResponse) => void;
	close(): Promise<void>;
}

/** What the server has to be given so that it speaks to such a service. */
export const TEST_PUSH = { subject: 'mailto:operator@example.org', services: ['localhost'], onThisMachine: true } as const;

export async function openPushService(): Promise<PushService> {
	const knocks: Knock[] = [];
	const server = createServer(async (request, response) => {
		let body = '';
		for await (const part of request) body += String(part);
		knocks.push({ path: request.url ?? '', headers: request.headers, body });
		service.answer(response);
	});
	await new Promise<void>((resolve) => void server.listen(0, 'localhost', resolve));
	const service: PushService = {
		url: `http://localhost:${(server.address() as AddressInfo).port}`,
		knocks,
		answer: (response) => void response.writeHead(201).end(),
		close() {
			server.closeAllConnections();
			return new Promise((resolve) => void server.close(() => resolve()));
		},
	};
	return service;
}
