const SHOWN_MS = 4_000;

/** What was done, said briefly: it goes away by itself. */
export class Told {
	#text = $state('');

	get text(): string {
		return this.#text;
	}

	say(text: string): void {
		this.#text = text;
		setTimeout(() => {
			if (this.#text === text) this.#text = '';
		}, SHOWN_MS);
	}
}
