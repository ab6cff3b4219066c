import type { NewSecret } from '@multaqa/shared/client/types';
import { LOGIN_NAME_LIMIT, suggestLoginName } from './login-name.ts';
import { measurePassphrase, type PassphraseMeasure } from './passphrase.ts';

export type NameProblem = 'name-missing' | 'name-long';
export type PassphraseProblem = 'passphrase-weak' | 'passphrase-differs';

/** How a person chooses to protect an account on this device, while it is being chosen. */
export class Protection {
	kind = $state<NewSecret['kind']>('passphrase');
	name = $state('');
	passphrase = $state('');
	again = $state('');
	readonly #random: (length: number) => Uint8Array;

	constructor(passkeys: boolean, random: (length: number) => Uint8Array) {
		this.#random = random;
		this.kind = passkeys ? 'passkey' : 'passphrase';
		this.suggest();
	}

	suggest(): void {
		this.name = suggestLoginName(this.#random);
	}

	get measure(): PassphraseMeasure {
		return measurePassphrase(this.passphrase);
	}

	get nameProblem(): NameProblem | null {
		if (this.name.trim() === '') return 'name-missing';
		return this.name.length > LOGIN_NAME_LIMIT ? 'name-long' : null;
	}

	get passphraseProblem(): PassphraseProblem | null {
		return this.measure.enough ? null : 'passphrase-weak';
	}

	get againProblem(): PassphraseProblem | null {
		return this.passphrase === this.again ? null : 'passphrase-differs';
	}

	get secret(): NewSecret {
		const name = this.name.trim();
		if (this.kind === 'passkey') return { kind: 'passkey', label: name };
		return { kind: 'passphrase', handle: name, passphrase: this.passphrase };
	}

	/** Passphrases do not stay in the page longer than they are used. */
	forget(): void {
		this.passphrase = '';
		this.again = '';
	}
}
