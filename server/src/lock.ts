/** Runs works one after another, in the order they came; one that fails does not stop the next. */
export type Lock = <T>(work: () => Promise<T>) => Promise<T>;

export function createLock(): Lock {
	let last: Promise<unknown> = Promise.resolve();
	return (work) => {
		const result = last.then(work, work);
		last = result.catch(() => undefined);
		return result;
	};
}

/**
 * Runs `work` for many at once: whoever asks while it is under way waits for the next run, which begins after they
 * asked, and is one for all who wait.
 */
export function together(work: () => Promise<void>): () => Promise<void> {
	let running: Promise<void> | null = null;
	let next: Promise<void> | null = null;
	const run = () => {
		next = null;
		const current = work().finally(() => {
			if (running === current) running = null;
		});
		return (running = current);
	};
	return () => {
		if (!running) return run();
		const before = running;
		return (next ??= before.then(run, run));
	};
}
