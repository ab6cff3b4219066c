import { hash } from '@multaqa/shared/crypto/hash';
import { isProblem } from '@multaqa/shared/problem';
import { expensiveInputs, floods } from '@multaqa/shared/testing/hostile-inputs';
import { hostileReaders } from '@multaqa/shared/testing/hostile-readers';
import { schemaReaders } from '@multaqa/shared/testing/hostile-schemas';
import { heavyUpdates, MALLORY, refusedUpdates, type HostileUpdate } from '@multaqa/shared/testing/hostile-updates';
import { VersionText } from '@multaqa/shared/documents/live/version-text';
import { markupOf, MARKUP_LIMIT } from '@multaqa/shared/text/markup';
import { plainOf } from '@multaqa/shared/text/markup-plain';
import { atMost, type Figure } from './figure.ts';

/** No malformed input may hold a thread longer (promise G12). */
const LONGEST_MS = 50;
/** One good try is enough: neither the compiler, the collector nor a crowded machine looks like a slow reader. */
const TRIES = 8;
const YARD = new Uint8Array(512 * 1024);
/** On an idle machine of 2026 the yardstick is about 5 ms; on a slower one the limit grows with it. */
const YARDS = 10;
const PIECES = ['*', '[', '> ', '- a\n', '*a **b* c** ', '`` a ` ', 'http://[', '@[', '```\n``', '*_[`>(!@- '];

interface Reading {
	readonly what: string;
	readonly read: (ready: unknown) => unknown;
	/** What is there before, made anew for each try and not measured. */
	readonly prepare?: () => unknown;
}

/** The slowest of all readers of what comes from outside, on what was made to be slow. */
export async function hostile(): Promise<readonly Figure[]> {
	const reader = await slowest(await readings());
	const change = await slowest([...refusedUpdates(), ...heavyUpdates()].map(changeOf));
	return [
		atMost('slowest reader of hostile input', reader.ms, 'ms', reader.allowed, reader.what),
		atMost('slowest hostile change of a document', change.ms, 'ms', change.allowed, change.what),
	];
}

async function slowest(all: readonly Reading[]): Promise<{ what: string; ms: number; allowed: number }> {
	let found = { what: '', ms: 0, allowed: LONGEST_MS };
	for (const reading of all) {
		const { ms, allowed } = await best(reading);
		if (ms / allowed > found.ms / found.allowed) found = { what: reading.what, ms, allowed };
	}
	return found;
}

/** A change by a member, signed and well formed, made to cost. */
function changeOf({ name, before, update }: HostileUpdate): Reading {
	const arrived = (bytes: Uint8Array, id: string) =>
		({ id, author: 'mallory', device: 'phone', time: 0, online: true, settles: [], update: bytes, client: MALLORY }) as never;
	const prepare = () => {
		const text = new VersionText();
		for (const [at, bytes] of before.entries()) text.take(arrived(bytes, String(at)), null);
		return text;
	};
	return { what: name, prepare, read: (text) => (text as VersionText).take(arrived(update, name), null) };
}

async function readings(): Promise<readonly Reading[]> {
	const own = (await hostileReaders()).flatMap(({ name, read, most }) =>
		expensiveInputs()
			.filter(([, { length }]) => length <= (most ?? Infinity))
			.map(([what, bytes]) => ({ what: `${name}: ${what}`, read: () => read(bytes) })),
	);
	const bySchema = schemaReaders().flatMap(({ name, read, sample }) =>
		floods(sample).map((bytes) => ({ what: `${name}: lists without end`, read: () => read(bytes) })),
	);
	const texts = PIECES.map((piece) => piece.repeat(Math.floor(MARKUP_LIMIT / piece.length)));
	const posts = texts.map((text) => ({ what: `a post of ${JSON.stringify(text.slice(0, 12))}`, read: () => plainOf(markupOf(text)) }));
	return [...own, ...bySchema, ...posts];
}

/** Tried until it is quick enough, between two looks at what this machine needs at this moment for a fixed piece of work. */
async function best({ read, prepare }: Reading): Promise<{ ms: number; allowed: number }> {
	let answer = { ms: Infinity, allowed: LONGEST_MS };
	for (let tries = 0; tries < TRIES && answer.ms > answer.allowed; tries++) {
		const ready = prepare?.();
		const before = yardstick();
		const ms = await timed(() => read(ready));
		const allowed = Math.max(LONGEST_MS, YARDS * Math.max(before, yardstick()));
		if (ms / allowed < answer.ms / answer.allowed) answer = { ms, allowed };
	}
	return answer;
}

function yardstick(): number {
	const start = performance.now();
	hash('event', YARD);
	return performance.now() - start;
}

async function timed(read: () => unknown): Promise<number> {
	const start = performance.now();
	try {
		await read();
	} catch (error) {
		if (!isProblem(error)) throw error;
	}
	return performance.now() - start;
}
