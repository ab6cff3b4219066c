import { skeleton } from '../text/skeleton.ts';

/** True when `name` looks like one of the others, or like nothing at all. */
export function isConfusable(name: string, others: Iterable<string>): boolean {
	const look = skeleton(name);
	if (look === '') return true;
	for (const other of others) if (skeleton(other) === look) return true;
	return false;
}

/** Names of one kind, first come, first served: nobody gets one that looks like what somebody else bears now. */
export class Claims<Id> {
	/** As they are written. */
	readonly names = new Map<Id, string>();
	readonly #bearers = new Map<string, Set<Id>>();

	/**
	 * Names `id`, and frees the name it bore before.
	 * @param mayShare whether `id` may be called like somebody who bears that name
	 * @returns whether the name was granted; nothing has changed if not
	 */
	claim(id: Id, name: string, mayShare: (bearer: Id) => boolean = () => false): boolean {
		const look = skeleton(name);
		const bearers = this.#bearers.get(look) ?? new Set();
		if (look === '' || [...bearers].some((bearer) => bearer !== id && !mayShare(bearer))) return false;
		const before = this.names.get(id);
		if (before !== undefined) this.#bearers.get(skeleton(before))?.delete(id);
		this.#bearers.set(look, bearers.add(id));
		this.names.set(id, name);
		return true;
	}
}
