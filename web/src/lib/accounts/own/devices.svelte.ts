import type { DeviceId } from '@multaqa/shared/bytes/ids';
import type { Client, DeviceView, OnProgress } from '@multaqa/shared/client/types';
import { Watched } from '../../client/watched.svelte.ts';

/** The browsers of this account, as their owner sees them. */
export class Devices {
	readonly #client: Client;
	readonly #devices: Watched<readonly DeviceView[]>;

	constructor(client: Client) {
		this.#client = client;
		this.#devices = new Watched(client, 'devices', () => client.devices);
	}

	/** This one first, then those that nobody has recognised yet, then the newest. */
	get standing(): readonly DeviceView[] {
		const rank = (device: DeviceView) => (device.current ? 0 : device.known ? 2 : 1);
		return this.#devices.current.filter(({ revoked }) => !revoked).toSorted((a, b) => rank(a) - rank(b) || b.since - a.since);
	}

	get revoked(): readonly DeviceView[] {
		return this.#devices.current.filter(({ revoked }) => revoked);
	}

	get current(): DeviceView | null {
		return this.#devices.current.find(({ current }) => current) ?? null;
	}

	/** Those that came without this person's devices knowing: an alarm, until the person says whose they are. */
	get strange(): readonly DeviceView[] {
		return this.standing.filter(({ known, current }) => !known && !current);
	}

	nameOf(id: DeviceId | null): string | null {
		return this.#devices.current.find((device) => device.id === id)?.name ?? null;
	}

	rename(id: DeviceId, name: string): Promise<void> {
		return this.#client.self.nameDevice(id, name.trim());
	}

	acknowledge(id: DeviceId): Promise<void> {
		return this.#client.self.acknowledgeDevice(id);
	}

	revoke(id: DeviceId, onProgress: OnProgress): Promise<void> {
		return this.#client.self.revokeDevice(id, onProgress);
	}
}
