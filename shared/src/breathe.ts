interface Scheduler {
	yield?(): Promise<void>;
}

/** Lets the page, and messages of its workers, have their turn in the middle of long work. */
export function breathe(): Promise<void> {
	const { scheduler } = globalThis as { scheduler?: Scheduler };
	return scheduler?.yield?.() ?? new Promise((resolve) => setTimeout(resolve, 0));
}
