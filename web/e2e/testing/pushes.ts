import type { BrowserContext, Page, Worker } from 'playwright-core';

/** What stands in a notice on the screen. */
export interface Shown {
	readonly title: string;
	readonly body: string;
	readonly icon: string;
	readonly silent: boolean | null;
}

/**
 * A push service of the world is out of a test's reach: in place of it the browser subscribes with one on this machine.
 * Permission, worker, keys and notices are the browser's own.
 */
export async function subscribeWith(context: BrowserContext, service: string): Promise<void> {
	await context.addInitScript((url) => {
		const KEY = 'e2e-endpoint';
		const made = () => {
			const endpoint = localStorage.getItem(KEY);
			const unsubscribe = async () => {
				localStorage.removeItem(KEY);
				return true;
			};
			return endpoint ? { endpoint, unsubscribe } : null;
		};
		Object.assign(PushManager.prototype, {
			async subscribe({ userVisibleOnly, applicationServerKey }: PushSubscriptionOptionsInit) {
				const key = new Uint8Array(applicationServerKey as ArrayBuffer);
				if (!userVisibleOnly || key.length !== 65) throw new TypeError('no browser would take this');
				localStorage.setItem(KEY, `${url}/device`);
				return made();
			},
			getSubscription: async () => made(),
		});
	}, service);
}

/** Wakes the browser as its push service would: an empty push for our service worker. `from`: any page of the browser. */
export async function wake(from: Page, origin: string): Promise<void> {
	const session = await from.context().newCDPSession(from);
	const registered = new Promise<string>((resolve) => {
		session.on('ServiceWorker.workerRegistrationUpdated', ({ registrations }) => {
			const ours = registrations.find(({ scopeURL, isDeleted }) => scopeURL === `${origin}/` && !isDeleted);
			if (ours) resolve(ours.registrationId);
		});
	});
	await session.send('ServiceWorker.enable');
	await session.send('ServiceWorker.deliverPushMessage', { origin, registrationId: await registered, data: '' });
	await session.detach();
}

/** Asks our service worker. The browser ends an idle one at any time, and an answer that is under way never comes: the next one is asked. */
async function asked<Answer>(context: BrowserContext, ask: (worker: Worker) => Promise<Answer>): Promise<Answer> {
	for (;;) {
		const worker = context.serviceWorkers()[0] ?? (await context.waitForEvent('serviceworker'));
		const ended = new Promise<null>((resolve) => worker.once('close', () => resolve(null)));
		const answer = ask(worker).then(
			(given) => ({ given }),
			(error: unknown) => {
				if (context.serviceWorkers().includes(worker)) throw error;
				return null;
			},
		);
		const answered = await Promise.race([answer, ended]);
		if (answered) return answered.given;
	}
}

interface Scope {
	readonly registration: ServiceWorkerRegistration;
	readonly clients: { openWindow(address: string): Promise<unknown>; matchAll(options: object): Promise<readonly unknown[]> };
	dispatchEvent(event: Event): boolean;
	opened?: string;
	NotificationEvent: new (type: string, init: { notification: Notification }) => Event;
}

/** The notices on the screen. */
export function shownIn(context: BrowserContext): Promise<readonly Shown[]> {
	return asked(context, (worker) =>
		worker.evaluate(async () => {
			const { registration } = globalThis as unknown as Scope;
			return (await registration.getNotifications()).map(({ title, body, icon, silent }) => ({ title, body, icon, silent }));
		}),
	);
}

/** Taps the notice; answers which page the worker wanted to open. The browser opens windows for real fingers only. */
export function tap(context: BrowserContext): Promise<string | undefined> {
	return asked(context, (worker) =>
		worker.evaluate(async () => {
			const scope = globalThis as unknown as Scope;
			// A page that was left a moment ago would be brought to the front instead.
			const windows = () => scope.clients.matchAll({ type: 'window', includeUncontrolled: true });
			for (let tries = 0; tries < 200 && (await windows()).length > 0; tries++) await new Promise((resolve) => setTimeout(resolve, 50));
			if ((await windows()).length > 0) throw new Error('a window is still there');
			const [notification] = await scope.registration.getNotifications();
			if (!notification) throw new Error('there is no notice');
			const opened = new Promise<string>((resolve) => {
				Object.assign(scope.clients, { openWindow: async (address: string) => resolve(address) });
			});
			scope.dispatchEvent(new scope.NotificationEvent('notificationclick', { notification }));
			return await opened;
		}),
	);
}
