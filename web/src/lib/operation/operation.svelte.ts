import type { Client, OperationState } from '@multaqa/shared/client/types';
import { isProblem } from '@multaqa/shared/problem';
import { Work } from '../progress/work.svelte.ts';

/** How the machine is doing, once it was asked. */
export class Operation {
	readonly #client: Pick<Client, 'operation'>;
	readonly asking = new Work();
	#state = $state.raw<OperationState | null>(null);
	#hidden = $state(false);

	constructor(client: Pick<Client, 'operation'>) {
		this.#client = client;
	}

	/** `null` while the server has not answered. */
	get state(): OperationState | null {
		return this.#state;
	}

	/** It is not for this person: the server looks after that. */
	get hidden(): boolean {
		return this.#hidden;
	}

	async ask(): Promise<void> {
		await this.asking.run(async () => {
			try {
				this.#state = await this.#client.operation.read();
			} catch (error) {
				if (!isProblem(error, 'not-found')) throw error;
				this.#hidden = true;
			}
		});
	}
}
