interface Scheduler {
	yield?(): Promise<void>;
	postTask?(work: () => void, options: { priority: 'background' }): Promise<void>;
}

const scheduler = (): Scheduler | undefined => (globalThis as { scheduler?: Scheduler }).scheduler;
const later = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 0));

/** Lets the page, and messages of its workers, have their turn in the middle of long work. */
export function breathe(): Promise<void> {
	return scheduler()?.yield?.() ?? later();
}

/** Waits until the page has nothing else to do: for work that nobody waits for. */
export function spareMoment(): Promise<void> {
	return scheduler()?.postTask?.(() => undefined, { priority: 'background' }) ?? later();
}
