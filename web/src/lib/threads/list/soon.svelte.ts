/** How long something can be taken back, in milliseconds. */
export const UNDO_TIME = 8_000;

/** What is done a little later, so that it can be taken back: what it is about shows as done meanwhile. */
export class Soon<Subject> {
	readonly #act: (subject: Subject) => void;
	#subject = $state.raw<Subject | null>(null);
	#timer: ReturnType<typeof setTimeout> | undefined;

	constructor(act: (subject: Subject) => void) {
		this.#act = act;
	}

	/** What can still be taken back; `null` when there is nothing. */
	get subject(): Subject | null {
		return this.#subject;
	}

	begin(subject: Subject): void {
		this.settle();
		this.#subject = subject;
		this.#timer = setTimeout(() => this.settle(), UNDO_TIME);
	}

	undo(): void {
		clearTimeout(this.#timer);
		this.#subject = null;
	}

	/** Does it now, without waiting: for a page that is left. */
	settle(): void {
		const subject = this.#subject;
		this.undo();
		if (subject !== null) this.#act(subject);
	}
}
