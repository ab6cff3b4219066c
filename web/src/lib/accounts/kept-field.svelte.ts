import type { Handoff } from '../client/handoff.ts';

/** A field of a form before there is an account: what is typed survives a reload of this tab. */
export class KeptField {
	readonly #handoff: Handoff;
	readonly #name: string;
	#value = $state('');

	constructor(handoff: Handoff, name: string) {
		this.#handoff = handoff;
		this.#name = name;
		this.#value = handoff.read(name) ?? '';
	}

	get value(): string {
		return this.#value;
	}

	set value(value: string) {
		this.#value = value;
		this.#handoff.write(this.#name, value);
	}

	get missing(): boolean {
		return this.#value.trim() === '';
	}
}
