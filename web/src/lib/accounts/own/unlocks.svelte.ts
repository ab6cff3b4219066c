import type { Client, OnProgress, UnlockView } from '@multaqa/shared/client/types';
import { Watched } from '../../client/watched.svelte.ts';
import { suggestLoginName } from '../login-name.ts';
import type { Protection } from '../protection.svelte.ts';

/** The ways in which this account can be unlocked. */
export class Unlocks {
	readonly #client: Client;
	readonly #unlocks: Watched<readonly UnlockView[]>;

	constructor(client: Client) {
		this.#client = client;
		this.#unlocks = new Watched(client, 'devices', () => client.unlocks);
	}

	get list(): readonly UnlockView[] {
		return this.#unlocks.current;
	}

	get passphrase(): boolean {
		return this.list.some(({ kind }) => kind === 'passphrase');
	}

	/** The label stays with the person; what the device's own list of passkeys shows says nothing. */
	addPasskey(label: string, report: OnProgress): Promise<void> {
		const neutral = suggestLoginName((length) => crypto.getRandomValues(new Uint8Array(length)));
		return this.#client.self.addUnlock({ kind: 'passkey', label: neutral }, label, report);
	}

	/** Adds a passphrase where there is none, otherwise changes it. */
	setPassphrase({ secret, passphrase }: Protection, report: OnProgress): Promise<void> {
		if (this.passphrase) return this.#client.self.changePassphrase(passphrase, report);
		return this.#client.self.addUnlock(secret, '', report);
	}

	remove({ kind, id }: UnlockView): Promise<void> {
		return this.#client.self.removeUnlock({ kind, id });
	}
}
