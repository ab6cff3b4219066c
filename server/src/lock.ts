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
