import { isProblem, Problem } from '@multaqa/shared/problem';
import { inTransaction, type Connection } from './database.ts';
import { insertEvents, type Counters, type EventAppend, type EventPlace } from './events.ts';

/** Appends events so that callers who arrive together share one transaction and one sync to disk. */
export interface Appender {
	/**
	 * Answers after the envelopes are durable.
	 * @throws Problem `rejected-link`, `storage-full`, `storage-unavailable` (also when too many wait)
	 */
	append(append: EventAppend): Promise<readonly EventPlace[]>;
	/** Resolves when nothing is under way. */
	idle(): Promise<void>;
	/** Callers that wait, and bytes of what they bring. */
	readonly load: { readonly waiting: number; readonly bytes: number };
}

interface Waiting {
	readonly append: EventAppend;
	readonly resolve: (places: readonly EventPlace[]) => void;
	readonly reject: (problem: unknown) => void;
}

/** Envelopes in one transaction: bounds how long the writers behind it wait. */
const MOST_ENVELOPES = 512;
const MOST_TRIES = 4;
/** What waits for its turn while a disk is slow: bytes, and callers. Whoever comes then is told at once, and comes again. */
const MOST_BYTES = 32 * 1024 * 1024;
const MOST_WAITING = 2_000;
/** Seconds. */
const SOON = 2;
/** Counters kept between transactions. */
const MOST_COUNTERS = 20_000;

export function createAppender(db: Connection): Appender {
	const queue: Waiting[] = [];
	const counters: Counters = new Map();
	let bytes = 0;
	let running: Promise<void> | null = null;

	async function drain() {
		while (queue.length > 0) {
			await gathered(queue);
			const group = takeGroup(queue);
			await commit(db, group, counters);
			for (const { append } of group) bytes -= sizeOf(append);
		}
		running = null;
	}

	return {
		append: (append) =>
			new Promise((resolve, reject) => {
				if (queue.length >= MOST_WAITING || bytes + sizeOf(append) > MOST_BYTES) {
					reject(new Problem('storage-unavailable', { retryAfter: SOON }));
					return;
				}
				bytes += sizeOf(append);
				queue.push({ append, resolve, reject });
				running ??= drain();
			}),
		idle: () => running ?? Promise.resolve(),
		get load() {
			return { waiting: queue.length, bytes };
		},
	};
}

const sizeOf = ({ envelopes }: EventAppend): number => envelopes.reduce((bytes, { envelope }) => bytes + envelope.length, 0);

/** Turns of the event loop in which nobody joined, after which a group sets off. */
const QUIET_TURNS = 2;

/**
 * A sync to disk holds up everybody, so a group waits as long as requests whose bytes have already arrived
 * keep joining it: some turns of the event loop, which cost microseconds, never a timer.
 */
async function gathered(queue: readonly Waiting[]): Promise<void> {
	for (let quiet = 0, length = 0; quiet < QUIET_TURNS && queue.length < MOST_ENVELOPES; quiet++) {
		if (queue.length > length) quiet = 0;
		length = queue.length;
		await new Promise((resolve) => setImmediate(resolve));
	}
}

function takeGroup(queue: Waiting[]): Waiting[] {
	let envelopes = 0;
	const end = queue.findIndex(({ append }, index) => {
		envelopes += append.envelopes.length;
		return index > 0 && envelopes > MOST_ENVELOPES;
	});
	return queue.splice(0, end === -1 ? queue.length : end);
}

async function commit(db: Connection, group: readonly Waiting[], counters: Counters): Promise<void> {
	try {
		const answers = await insertWithRetry(
			db,
			group.map(({ append }) => append),
			counters,
		);
		group.forEach((waiting, index) => settle(waiting, answers[index]));
	} catch (error) {
		if (group.length === 1 || isProblem(error, 'storage-full', 'storage-unavailable')) {
			for (const { reject } of group) reject(error);
			return;
		}
		// Somebody's row was refused: each on its own, so that the others are not made to pay for it.
		for (const waiting of group) await commit(db, [waiting], counters);
	}
}

function settle({ resolve, reject }: Waiting, answer: readonly EventPlace[] | Problem | undefined): void {
	if (answer === undefined || answer instanceof Problem) reject(answer ?? new Problem('internal'));
	else resolve(answer);
}

/** Another process on the same database may take a place first; then the group is ordered anew. */
async function insertWithRetry(db: Connection, appends: readonly EventAppend[], counters: Counters) {
	if (counters.size > MOST_COUNTERS) counters.clear();
	for (let tries = 1; ; tries++) {
		try {
			return await inTransaction(db, (transaction) => insertEvents(transaction, appends, counters));
		} catch (error) {
			counters.clear();
			if (tries === MOST_TRIES || !isProblem(error, 'stale')) throw error;
		}
	}
}
