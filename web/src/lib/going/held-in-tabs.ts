import type { Client } from '@multaqa/shared/client/types';

const CHANNEL = 'multaqa:held';

/**
 * What one tab holds or takes back, all tabs of this browser know at once. Nothing is said but that there is something
 * to look at. Answers the function that ends it.
 */
export function shareHeld(client: Client): () => void {
	const channel = new BroadcastChannel(CHANNEL);
	channel.addEventListener('message', () => {
		if (client.status.phase === 'open') void client.held.look();
	});
	const unwatch = client.watch('held', () => channel.postMessage(null));
	return () => {
		unwatch();
		channel.close();
	};
}
