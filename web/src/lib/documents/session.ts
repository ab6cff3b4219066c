import { toBase64url } from '@multaqa/shared/bytes/bytes';
import type { Client } from '@multaqa/shared/client/types';
import type { Session } from '@multaqa/shared/documents/live/session';
import { Problem } from '@multaqa/shared/problem';

/** A session of this browser: what is written in one document until it is left. @throws Problem `locked` */
export function sessionOf(client: Pick<Client, 'devices'>): Session {
	const device = client.devices.find(({ current }) => current);
	if (!device) throw new Problem('locked');
	return { device: device.id, nonce: crypto.getRandomValues(new Uint8Array(8)) };
}

/** Names a new pair. */
export const newPairId = (): string => toBase64url(crypto.getRandomValues(new Uint8Array(12)));
