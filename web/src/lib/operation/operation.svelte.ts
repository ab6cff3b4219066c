import type { Client, OperationState } from '@multaqa/shared/client/types';
import { Work } from '../progress/work.svelte.ts';

/** How the machine is doing, once it was asked. */
export class Operation {
	readonly #client: Pick<Client, 'operation'>;
	readonly asking = new Work();
	#state = $state.raw<OperationState | null>(null);

	constructor(client: Pick<Client, 'operation'>) {
		this.#client = client;
	}

	/** `null` while the server has not answered. */
	get state(): OperationState | null {
		return this.#state;
	}

	async ask(): Promise<void> {
		await this.asking.run(async () => {
			this.#state = await this.#client.operation.read();
		});
	}
}
