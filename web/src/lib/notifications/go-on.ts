import type { Client, NotificationState } from '@multaqa/shared/client/types';
import { currentEndpoint, unsubscribe } from './subscription.ts';

/**
 * What the server knows. Browsers change their address, and unlocking may begin another session: whoever asked to be
 * woken here still is.
 */
export async function goOn(notifications: Client['notifications'], endpoint: string | null): Promise<NotificationState> {
	const state = await notifications.read();
	if (endpoint === null || !state.push || state.push.on) return state;
	await notifications.turnOn(endpoint, null);
	return await notifications.read();
}

/** Before somebody signs out here: this browser is woken no more. What the server is not told, it learns from the push service. */
export async function stopHere(client: Pick<Client, 'notifications'>): Promise<void> {
	const endpoint = await currentEndpoint();
	if (endpoint === null) return;
	await client.notifications.turnOff(endpoint).catch(() => undefined);
	await unsubscribe();
}
