import type { SpaceId } from '@multaqa/shared/bytes/ids';
import type { Client, NotificationState } from '@multaqa/shared/client/types';
import { Work } from '../progress/work.svelte.ts';
import { goOn } from './go-on.ts';
import { ability, currentEndpoint, subscribe, unsubscribe, type Ability } from './subscription.ts';

/** Being told outside of the page, as the server and this browser know it. */
export class Notifications {
	readonly #client: Pick<Client, 'notifications'>;
	readonly asking = new Work();
	#state = $state.raw<NotificationState | null>(null);
	#endpoint = $state.raw<string | null>(null);
	#ability = $state.raw<Ability>(ability());

	constructor(client: Pick<Client, 'notifications'>) {
		this.#client = client;
	}

	/** `null` while the server has not answered. */
	get state(): NotificationState | null {
		return this.#state;
	}

	get ability(): Ability {
		return this.#ability;
	}

	/** Server and browser both know of it. */
	get on(): boolean {
		return this.#state?.push?.on === true && this.#endpoint !== null;
	}

	async ask(): Promise<void> {
		await this.asking.run(() => this.#look());
	}

	/** Answers whether its owner allowed it. */
	async turnOn(): Promise<boolean> {
		const key = this.#state?.push?.key;
		const endpoint = key ? await subscribe(new Uint8Array(key)) : null;
		this.#ability = ability();
		if (endpoint === null) return false;
		await this.#client.notifications.turnOn(endpoint, null);
		await this.#look();
		return true;
	}

	async turnOff(): Promise<void> {
		await this.#client.notifications.turnOff(this.#endpoint);
		await unsubscribe();
		await this.#look();
	}

	/** Which spaces may not wake this device. */
	async setWithout(without: readonly SpaceId[]): Promise<void> {
		if (this.#endpoint !== null) await this.#client.notifications.turnOn(this.#endpoint, without);
		await this.#look();
	}

	/** Whether the push service took it. */
	async trial(): Promise<boolean> {
		const taken = await this.#client.notifications.trial();
		await this.#look();
		return taken;
	}

	async askMail(address: string, language: 'ar' | 'en'): Promise<void> {
		await this.#client.notifications.askMail(address, language);
		await this.#look();
	}

	async confirmMail(code: string): Promise<boolean> {
		const confirmed = await this.#client.notifications.confirmMail(code);
		await this.#look();
		return confirmed;
	}

	async removeMail(): Promise<void> {
		await this.#client.notifications.removeMail();
		await this.#look();
	}

	async setText(text: string | null): Promise<void> {
		await this.#client.notifications.setText(text);
		await this.#look();
	}

	async #look(): Promise<void> {
		this.#endpoint = await currentEndpoint();
		this.#state = await goOn(this.#client.notifications, this.#endpoint);
	}
}
