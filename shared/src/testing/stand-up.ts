import { hash } from '../crypto/hash.ts';
import { isProblem } from '../problem.ts';

/** No malformed input may hold a thread longer (promise G12). */
const LONGEST_MS = 50;
/** How often an input that seems slow is tried again, alone, before it counts as slow. */
const TRIES = 8;
const YARD = new Uint8Array(512 * 1024);
/** On an idle machine of 2026 the yardstick is about 5 ms, so this allows what {@link LONGEST_MS} says; on a slow or crowded one, as much more. */
const YARDS = 10;

/** What Node knows of the calling thread since version 23.9. */
interface ThreadClock {
	threadCpuUsage?(): { readonly user: number; readonly system: number };
}

/**
 * Milliseconds that this thread has worked; in a browser, where nobody tells, milliseconds that went by. The first
 * does not grow while other programs have the processor, nor while a native job is waited for.
 */
function worked(): number {
	const { process } = globalThis as { process?: ThreadClock };
	const usage = process?.threadCpuUsage?.();
	return usage ? (usage.user + usage.system) / 1000 : performance.now();
}

/** What this machine needs at this moment for a fixed piece of work. */
function yardstick(): number {
	const start = worked();
	hash('event', YARD);
	return worked() - start;
}

/**
 * Runs a reader on hostile input: it may answer or throw a Problem, soon. An input over the limit is tried again alone,
 * after a rest, between two looks at a yardstick, and one good try is enough: neither the compiler, the collector nor a crowded
 * machine looks like a slow reader.
 */
export async function mustStandUp(read: (input: Uint8Array) => unknown, input: Uint8Array, what = 'an input'): Promise<void> {
	let ms = await once(read, input);
	let allowed = LONGEST_MS;
	for (let tries = 1; ms >= allowed; tries++) {
		if (tries >= TRIES) throw new Error(`${what} of ${input.length} bytes takes ${ms.toFixed()} ms, allowed are ${allowed.toFixed()} ms`);
		await new Promise((resolve) => setTimeout(resolve, 20 * tries));
		// Measured around the same try: what crowds the one crowds the other.
		const before = yardstick();
		ms = await once(read, input);
		allowed = Math.max(LONGEST_MS, YARDS * Math.max(before, yardstick()));
	}
}

async function once(read: (input: Uint8Array) => unknown, input: Uint8Array): Promise<number> {
	const start = worked();
	try {
		await read(input);
	} catch (error) {
		if (!isProblem(error)) throw error;
	}
	return worked() - start;
}
