import { serviceWorkerUrl } from '../client/our-workers.ts';
import type { WorkerFiles, WorkerQuestion } from './program-files.ts';

const PATIENCE = 5_000;

/** What this browser has registered for us; `null` when there is nothing, or it keeps no programs. */
export async function registered(): Promise<ServiceWorkerRegistration | null> {
	try {
		return (await navigator.serviceWorker.getRegistration('/')) ?? null;
	} catch {
		return null;
	}
}

/** Registers our service worker, or finds it registered. @throws when this browser refuses */
export async function register(): Promise<ServiceWorkerRegistration> {
	const url = serviceWorkerUrl();
	// A classic script: browsers that know no modules here keep the program too.
	const registration = await navigator.serviceWorker.register(url, { scope: '/', updateViaCache: 'none' });
	if (!registration) throw new TypeError('no service worker here');
	return registration;
}

/** The worker that answers, or will once it may. */
export const newest = ({ installing, waiting, active }: ServiceWorkerRegistration): ServiceWorker | null => waiting ?? installing ?? active;

/** Which version a worker came with. @throws when it does not answer */
export function filesOf(worker: ServiceWorker): Promise<WorkerFiles> {
	return new Promise((resolve, reject) => {
		const { port1, port2 } = new MessageChannel();
		const timer = setTimeout(() => reject(new Error('the service worker does not answer')), PATIENCE);
		port1.addEventListener('message', ({ data }: MessageEvent<WorkerFiles>) => {
			clearTimeout(timer);
			port1.close();
			resolve(data);
		});
		port1.start();
		worker.postMessage('files' satisfies WorkerQuestion, [port2]);
	});
}

/** Lets a worker that waits answer for every tab from now on. */
export function takeOver(worker: ServiceWorker): Promise<void> {
	return new Promise((resolve) => {
		setTimeout(resolve, PATIENCE);
		navigator.serviceWorker.addEventListener('controllerchange', () => resolve(), { once: true });
		worker.postMessage('take-over' satisfies WorkerQuestion);
	});
}
