import { readFileSync } from 'node:fs';
import { keysOf } from './messages/keys-in.ts';

/**
 * What travels together. On a bad line a request costs more than the bytes in it, and a byte that is not needed yet
 * stands before one that is. Someone takes these ways one after another, and each is told by where it begins; what lies
 * on it is whatever is statically imported from there, words included.
 */
const WAYS = {
	/** Until the sign-in stands. */
	first: [
		/\/src\/routes\/\+(layout|error)\.svelte$/,
		/\/src\/routes\/\(app\)\/(\(entry\)\/)?\+layout\.(svelte|ts)$/,
		/\/src\/routes\/\(app\)\/\(entry\)\/sign-in\/\+page\.svelte$/,
	],
	/** What those who are no members yet read and fill in. */
	arrival: [/\/src\/routes\/\(app\)\/\(entry\)\/(setup|join)\/\+page\.svelte$/],
	/** What opens an account that this device knows. */
	unlock: [
		/\/shared\/src\/client\/open-forum\.ts$/,
		/\/shared\/src\/(moderation\/judge|threads\/findable)\.ts$/,
		/\/@simplewebauthn\/browser\/esm\/index\.js$/,
	],
	/** Today, the list of a space, a thread, and what stands above all of them. */
	reading: [
		/\/src\/lib\/offline\/Attending\.svelte$/,
		/\/src\/routes\/\(app\)\/\(member\)\/\+(layout|page)\.svelte$/,
		/\/src\/routes\/\(app\)\/\(member\)\/s\/\[space\]\/\+layout\.svelte$/,
		/\/src\/routes\/\(app\)\/\(member\)\/s\/\[space\]\/\(list\)\/(t\/\[stream\]\/)?\+(layout|page)\.svelte$/,
	],
} as const;

type Way = keyof typeof WAYS;
interface Graph {
	getModuleInfo(id: string): { readonly importedIds: readonly string[] } | null;
}

/** Typefaces lie on no way: they come when nobody waits for them (lib/ui/fonts.ts). */
const WAITS = /\/ui\/style\/fonts-\w+\.css/;
/** Kit says here what build this is before anything else may run: alone, or the rest would run with it, and without. */
const BEGIN = /\/kit\/src\/runtime\/client\/payload\.js$|vite\/preload-helper/;
const MESSAGE = /\/paraglide\/messages\/(.+)\.js$/;
const SOURCE = /\/web\/src\/.+\.(svelte|ts)$/;

/** Sorts the modules of one build. */
class Ways {
	readonly #modules = new Set<string>();
	#on: ReadonlyMap<Way, ReadonlySet<string>> | null = null;

	collect(id: string): true {
		this.#modules.add(id);
		return true;
	}

	/** The chunk of a module; `null` for what lies on none of the ways. */
	chunkOf(id: string, graph: Graph): string | null {
		if (BEGIN.test(id)) return 'begin';
		this.#on ??= new Map((Object.keys(WAYS) as Way[]).map((way) => [way, this.#reached(way, graph)]));
		const key = MESSAGE.exec(id)?.[1];
		const ways = [...this.#on].filter(([, reached]) => reached.has(key ?? id)).map(([way]) => way);
		if (ways.includes('first')) return 'first';
		// Whoever reads has unlocked before.
		const needed = ways.includes('unlock') ? ways.filter((way) => way !== 'reading') : ways;
		return needed.join('-') || (key === undefined ? null : 'words');
	}

	/** Every module on a way, and the key of every message that they say. */
	#reached(way: Way, graph: Graph): ReadonlySet<string> {
		const reached = new Set<string>();
		const ahead = WAYS[way].flatMap((begin) => this.#at(begin));
		for (let id = ahead.pop(); id !== undefined; id = ahead.pop()) {
			if (reached.has(id) || WAITS.test(id) || MESSAGE.test(id)) continue;
			reached.add(id);
			if (SOURCE.test(id)) for (const key of keysOf(readFileSync(id, 'utf8'))) reached.add(key);
			ahead.push(...(graph.getModuleInfo(id)?.importedIds ?? []));
		}
		return reached;
	}

	/** @throws where nothing begins any more: what was moved would fall off its way without a word */
	#at(begin: RegExp): string[] {
		const found = [...this.#modules].filter((id) => begin.test(id));
		if (found.length === 0) throw new Error(`first-visit.ts: no module at ${String(begin)}`);
		return found;
	}
}

const ways = new Ways();

/**
 * Chunks of the client build. What more ways share stands before what fewer do: a group also takes whatever its modules
 * import and no group before it took.
 */
export const chunkGroups = ['begin', 'first', 'arrival-unlock', 'arrival-reading', 'arrival', 'unlock', 'reading', 'words'].map(
	(chunk) => ({
		debugName: chunk,
		name: (id: string, graph: Graph) => (ways.chunkOf(id, graph) === chunk ? chunk : null),
		test: (id: string) => ways.collect(id),
	}),
);
