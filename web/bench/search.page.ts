import { breathe } from '@multaqa/shared/breathe';
import { idOf, type SpaceId, type StreamId } from '@multaqa/shared/bytes/ids';
import { SearchedSpace } from '@multaqa/shared/client/searched-space';
import type { StreamEvent } from '@multaqa/shared/client/types';
import { readQuery } from '@multaqa/shared/search/query';
import { findable } from '@multaqa/shared/threads/findable';
import { Corpus } from './corpus.ts';

const POSTS = 20_000;
const THREADS = 200;
const QUERIES = 400;
const SHOWN = 50;
const SLICE_MS = 8;

const random = (length: number) => crypto.getRandomValues(new Uint8Array(length));
const author = idOf(random(32));

/** Events as the engine has opened them: what search reads. */
function makeSpace(corpus: Corpus) {
	const index = idOf<StreamId>(random(16));
	const streams = Array.from({ length: THREADS }, () => idOf<StreamId>(random(16)));
	const verified = (stream: StreamId, position: number, type: string, content: object) =>
		({
			verified: true,
			id: idOf(random(32)),
			stream,
			position,
			type,
			content,
			author,
			device: author,
			role: 'member',
			generation: 1,
			time: 1_800_000_000 + position,
			waiting: false,
		}) as unknown as StreamEvent;
	const events = new Map<StreamId, StreamEvent[]>();
	events.set(
		index,
		streams.map((stream, place) => verified(index, place, 'thread.open', { stream, title: corpus.text(6) })),
	);
	for (const stream of streams) {
		const posts = Array.from({ length: POSTS / THREADS }, (_, place) =>
			verified(stream, place, 'post.add', { text: corpus.post(), reply: null }),
		);
		events.set(stream, posts);
	}
	return { id: idOf<SpaceId>(random(32)), index, events: (stream: StreamId) => events.get(stream) ?? [] };
}

/** In slices, as the engine does; answers how long it took and the longest of them. */
async function build(searched: SearchedSpace): Promise<{ took: number; longest: number }> {
	const start = performance.now();
	let longest = 0;
	let since = start;
	for (const _ of searched.catchUp()) {
		const slice = performance.now() - since;
		if (slice < SLICE_MS) continue;
		longest = Math.max(longest, slice);
		await breathe();
		since = performance.now();
	}
	return { took: performance.now() - start, longest };
}

/** Everything between a key and what is painted: reading the query, looking, ordering, and the first page with its marks. */
function ask(searched: SearchedSpace, typed: string): number {
	const start = performance.now();
	const query = readQuery(typed);
	if (!('parts' in query)) return 0;
	const fitting = [...searched.find(query.parts)].sort((a, b) => b.score - a.score || b.found.time - a.found.time);
	for (const candidate of fitting.slice(0, SHOWN)) candidate.show();
	return performance.now() - start;
}

/** Words as often as people use them, whole, in pairs, in quotation marks, and letter by letter. */
function queries(corpus: Corpus): string[] {
	return Array.from({ length: QUERIES }, (_, place) => {
		const [one, other] = [corpus.frequent(), corpus.frequent()];
		return [one, one.slice(0, 2), one.slice(0, 3), `${one} ${other}`, `"${one} ${other}"`, `ال${one}`][place % 6] ?? one;
	});
}

interface WithMemory {
	readonly gc?: () => void;
	readonly memory?: { readonly usedJSHeapSize: number };
}

function heap(): number {
	const { gc } = globalThis as WithMemory;
	gc?.();
	return (performance as unknown as WithMemory).memory?.usedJSHeapSize ?? Number.NaN;
}

export async function measure(): Promise<Record<string, number>> {
	const corpus = new Corpus();
	const space = makeSpace(corpus);
	const before = heap();
	const searched = new SearchedSpace(space, findable);
	const { took, longest } = await build(searched);
	const memory = (heap() - before) / 1e6;
	const asked = queries(corpus);
	for (const typed of asked.slice(0, 20)) ask(searched, typed);
	const times = asked.map((typed) => ask(searched, typed)).sort((a, b) => a - b);
	const at = (share: number) => times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? Number.NaN;
	return { build: took, longest, memory: memory + searched.bytes / 1e6, half: at(0.5), most: at(0.99), worst: at(1) };
}

(globalThis as unknown as { measure: typeof measure }).measure = measure;
