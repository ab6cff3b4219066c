import { saidIn, type Frame, type Said } from './frames.ts';

/** What is known of another node. */
interface Other {
	/** Of the last frame that was heard of it. */
	number: number;
	/** Parts of what is not whole yet. */
	texts: string[];
	at: number;
}

/** Puts together what other nodes say, and notices when something is missing. */
export interface Hearing {
	/** What has become whole by this frame. */
	frame(frame: Frame): readonly Said[];
	/** How far a node has come, told again and again: what was lost at the end is noticed too. */
	beat(node: string, number: number): void;
	/** A node that stops in order has said everything. */
	bye(node: string, number: number): void;
	/** Looks for nodes that fell silent: what they did last may never have been said. */
	look(): void;
	/** Nothing is known any more: the line was gone. */
	restart(): void;
	/** Nodes that spoke within the last seconds, this one not among them. */
	readonly others: number;
}

/** A node beats every two seconds. */
export const BEAT = 2_000;
const ALIVE = 5 * BEAT;

/** @param missed something was said that was not heard here */
export function createHearing(now: () => number, missed: () => void): Hearing {
	const others = new Map<string, Other>();
	let since = now();

	/** Whoever is new has said nothing yet, or spoke before anybody listened here; otherwise its beginning was lost. */
	function meet(node: string, number: number): Other {
		const known = others.get(node);
		if (known) return known;
		if (number > 0 && now() - since > ALIVE) missed();
		const other = { number, texts: [], at: now() };
		others.set(node, other);
		return other;
	}

	function beat(node: string, number: number): void {
		const other = meet(node, number);
		other.at = now();
		if (number <= other.number) return;
		other.number = number;
		other.texts = [];
		missed();
	}

	return {
		frame({ node, number, part, parts, text }) {
			const other = meet(node, number - 1);
			other.at = now();
			if (number <= other.number) return [];
			const inOrder = number === other.number + 1;
			if (!inOrder) missed();
			other.number = number;
			if (part === 0) other.texts = [];
			// The middle of something whose beginning is not here.
			if (part !== other.texts.length || (!inOrder && part > 0)) {
				other.texts = [];
				return [];
			}
			other.texts.push(text);
			if (part + 1 < parts) return [];
			return saidIn(other.texts.splice(0));
		},
		beat,
		bye(node, number) {
			beat(node, number);
			others.delete(node);
		},
		look() {
			const silent = [...others].filter(([, { at }]) => now() - at > ALIVE);
			for (const [node] of silent) others.delete(node);
			if (silent.length > 0) missed();
		},
		restart() {
			others.clear();
			since = now();
		},
		get others() {
			return others.size;
		},
	};
}
