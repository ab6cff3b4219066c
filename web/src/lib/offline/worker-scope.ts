/**
 * What our service worker uses of its surroundings (W3C Service Workers). The library of types for workers and the
 * one for pages exclude each other, and everything else here is a page.
 */
export interface WorkerScope {
	readonly clients: { claim(): Promise<void> };
	skipWaiting(): Promise<void>;
	addEventListener(type: 'install', listener: (event: InstallEvent) => void): void;
	addEventListener(type: 'activate', listener: (event: LastingEvent) => void): void;
	addEventListener(type: 'fetch', listener: (event: AskedEvent) => void): void;
	addEventListener(type: 'message', listener: (event: LastingEvent & MessageEvent) => void): void;
}

export interface LastingEvent extends Event {
	waitUntil(done: Promise<unknown>): void;
}

export interface AskedEvent extends LastingEvent {
	readonly request: Request;
	respondWith(answer: Promise<Response>): void;
}

interface InstallEvent extends LastingEvent {
	/** Static routing: what it names does not even start the worker. Not in every browser. */
	addRoutes?(rules: readonly { condition: { urlPattern: { pathname: string } }; source: 'network' }[]): Promise<void>;
}
