import type { DeviceId } from '@multaqa/shared/bytes/ids';
import type { Client, SessionView } from '@multaqa/shared/client/types';
import { Work } from '../../progress/work.svelte.ts';

/** Browsers that are signed in, as the server says when it is asked. */
export class Sessions {
	readonly #client: Client;
	/** Asking for the list. */
	readonly asking = new Work();
	readonly ending = new Work();
	#list = $state.raw<readonly SessionView[] | null>(null);

	constructor(client: Client) {
		this.#client = client;
	}

	/** `null` while the server has not answered. */
	get list(): readonly SessionView[] | null {
		return this.#list;
	}

	of(device: DeviceId): readonly SessionView[] {
		return (this.#list ?? []).filter((session) => session.device === device);
	}

	/** Those that belong to none of `devices`. */
	without(devices: readonly { readonly id: DeviceId }[]): readonly SessionView[] {
		return (this.#list ?? []).filter((session) => !devices.some(({ id }) => id === session.device));
	}

	async ask(): Promise<void> {
		this.#list = (await this.asking.run(() => this.#client.self.sessions())) ?? this.#list;
	}

	/** Answers whether it has ended. */
	async end(id: string): Promise<boolean> {
		const done = await this.ending.run(async () => {
			await this.#client.self.endSession(id);
			return true;
		});
		if (!done) return false;
		this.#list = this.#list?.filter((session) => session.id !== id) ?? null;
		return true;
	}
}
