/**
 * What our service worker uses of its surroundings (W3C Service Workers). The library of types for workers and the
 * one for pages exclude each other, and everything else here is a page.
 */
export interface WorkerScope {
	readonly clients: {
		claim(): Promise<void>;
		matchAll(options: { type: 'window'; includeUncontrolled: boolean }): Promise<readonly OpenWindow[]>;
		openWindow(address: string): Promise<unknown>;
	};
	readonly registration: { showNotification(title: string, options: NoticeOptions): Promise<void> };
	skipWaiting(): Promise<void>;
	addEventListener(type: 'install', listener: (event: InstallEvent) => void): void;
	addEventListener(type: 'activate', listener: (event: LastingEvent) => void): void;
	addEventListener(type: 'fetch', listener: (event: AskedEvent) => void): void;
	addEventListener(type: 'push', listener: (event: LastingEvent) => void): void;
	addEventListener(type: 'notificationclick', listener: (event: TappedEvent) => void): void;
	addEventListener(type: 'message', listener: (event: LastingEvent & MessageEvent) => void): void;
}

export interface LastingEvent extends Event {
	waitUntil(done: Promise<unknown>): void;
}

/** A window of ours. */
export interface OpenWindow {
	readonly focused: boolean;
	readonly visibilityState: DocumentVisibilityState;
	focus(): Promise<unknown>;
}

/** `renotify`, which the library of types has not: a notice that replaces another is heard too. */
interface NoticeOptions extends NotificationOptions {
	readonly renotify: boolean;
}

interface TappedEvent extends LastingEvent {
	readonly notification: { close(): void };
}

export interface AskedEvent extends LastingEvent {
	readonly request: Request;
	respondWith(answer: Promise<Response>): void;
}

interface InstallEvent extends LastingEvent {
	/** Static routing: what it names does not even start the worker. Not in every browser. */
	addRoutes?(rules: readonly { condition: { urlPattern: { pathname: string } }; source: 'network' }[]): Promise<void>;
}
