import { Problem } from '@multaqa/shared/problem';
import { alone, type Nodes } from './nodes/nodes.ts';

/**
 * Bounds on guessing. In memory, bounded, keyed by login handles (hashes) and kinds of routes, never by
 * an address: the same answer whether or not an account exists. Tries are counted by all nodes together; calls, which only
 * bound how busy one is, by each for itself.
 */
export interface Limits {
	/**
	 * Counts a try at a handle. With OPAQUE the client knows after the *first* answer whether its guess was
	 * right, so every start counts, and registration counts too: it evaluates the same function.
	 * @throws Problem `too-many-attempts`
	 */
	attempt(handle: string): void;
	/** The tries were the owner's. */
	forgive(handle: string): void;
	/** Counts a call of a kind of public route, whoever makes it. @throws Problem `too-many-attempts` */
	visit(kind: string): void;
}

const MINUTE = 60_000;
const FREE_TRIES = 5;
const FIRST_WAIT = MINUTE / 2;
const LONGEST_WAIT = 15 * MINUTE;
/** After this long without a try the count begins anew; longer than any wait, or waiting would reset it. */
const MEMORY = 2 * LONGEST_WAIT;

interface Tries {
	count: number;
	/** When the last try was made. */
	last: number;
}

export function createLimits(perMinute: number, now: () => number, nodes: Nodes = alone()): Limits {
	const tries = new Map<string, Tries>();
	const visits = new Map<string, { count: number; since: number }>();
	// As many as can be tried in that time: strange handles cannot push out the count of a real one.
	const most = Math.max(1_000, perMinute * (MEMORY / MINUTE));
	const triesOf = (handle: string) => {
		const known = tries.get(handle);
		return known && now() - known.last < MEMORY ? known : { count: 0, last: 0 };
	};
	const count = (handle: string) => {
		const { count: before } = triesOf(handle);
		tries.delete(handle);
		if (tries.size >= most) tries.delete(tries.keys().next().value ?? '');
		tries.set(handle, { count: before + 1, last: now() });
	};
	const forget = (handle: string) => void tries.delete(handle);
	const tellTry = nodes.subject('try', count);
	const tellForgiven = nodes.subject('forgiven', forget);

	return {
		attempt(handle) {
			const current = triesOf(handle);
			const wait = current.last + waitAfter(current.count) - now();
			if (wait > 0) throw tooMany(wait);
			count(handle);
			tellTry(handle);
		},
		forgive(handle) {
			forget(handle);
			tellForgiven(handle);
		},
		visit(kind) {
			const known = visits.get(kind);
			const current = known && now() - known.since < MINUTE ? known : { count: 0, since: now() };
			if (current.count >= perMinute) throw tooMany(current.since + MINUTE - now());
			visits.set(kind, { count: current.count + 1, since: current.since });
		},
	};
}

/** Nothing for the first tries, then 30 s, doubled each time, up to a quarter of an hour. */
function waitAfter(count: number): number {
	return count < FREE_TRIES ? 0 : Math.min(LONGEST_WAIT, FIRST_WAIT * 2 ** (count - FREE_TRIES));
}

const tooMany = (wait: number) => new Problem('too-many-attempts', { retryAfter: Math.max(1, Math.ceil(wait / 1000)) });
