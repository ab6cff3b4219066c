import { register } from '../offline/our-worker.ts';
import { forgetNotice } from './kept-notice.ts';

/** What this browser makes of push: it has none, its owner forbade it, or it can be asked. */
export type Ability = 'unsupported' | 'blocked' | 'able';

export function ability(): Ability {
	if (!('serviceWorker' in navigator) || !('PushManager' in globalThis) || !('Notification' in globalThis)) return 'unsupported';
	return Notification.permission === 'denied' ? 'blocked' : 'able';
}

/** Where this browser can be woken; `null` when it is not subscribed. */
export async function currentEndpoint(): Promise<string | null> {
	return (await subscription())?.endpoint ?? null;
}

/** Subscribes, or finds that it is; asks its owner where needed. `null`: forbidden. @throws when the push service is not reached */
export async function subscribe(key: Uint8Array<ArrayBuffer>): Promise<string | null> {
	if ((await Notification.requestPermission()) !== 'granted') return null;
	await register();
	const { pushManager } = await navigator.serviceWorker.ready;
	const options = { userVisibleOnly: true, applicationServerKey: key };
	try {
		return (await pushManager.subscribe(options)).endpoint;
	} catch (error) {
		const before = await pushManager.getSubscription();
		if (!before) throw error;
		// With the key of another server at this address, which was set up anew.
		await before.unsubscribe();
		return (await pushManager.subscribe(options)).endpoint;
	}
}

/** This browser can no longer be woken, and nothing of it stays here. */
export async function unsubscribe(): Promise<void> {
	await (await subscription())?.unsubscribe().catch(() => false);
	await forgetNotice();
}

async function subscription(): Promise<PushSubscription | null> {
	try {
		const registration = await navigator.serviceWorker.getRegistration('/');
		return (await registration?.pushManager.getSubscription()) ?? null;
	} catch {
		return null;
	}
}
