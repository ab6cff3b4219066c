import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import type { Random } from './random.ts';

/** How a connection ends: in the middle of what goes up or comes down, with a farewell, without one, or after a silence. */
const ENDS = ['cut-up', 'cut-down', 'reset', 'stall'] as const;
export type End = (typeof ENDS)[number];

/** After so many bytes at most: in the middle of a request, of an answer, or some of them later. */
const MOST_BYTES = 3_000;
/** What arrives is handed on in pieces of at most so many bytes, each as late as it happens: one connection overtakes another. */
const MOST_PIECE = 700;
const LONGEST_DELAY = 12;
/** Everything is swallowed for so long, and then nobody is there. */
const LONGEST_STALL = 1_500;

/** A line to a server that can be spoiled. */
export interface BadLine {
	readonly port: number;
	/** How many connections it broke, and how. */
	readonly broken: Readonly<Record<End, number>>;
	/** What is open ends, and nothing new lasts. */
	spoil(): void;
	/** From now on everything passes; what is spoiled ends. */
	repair(): void;
	close(): Promise<void>;
}

/** Passes everything on to a server on this machine, until it is spoiled. */
export async function badLine(target: number, random: Random): Promise<BadLine> {
	const passages = new Set<Passage>();
	const broken: Record<End, number> = { 'cut-up': 0, 'cut-down': 0, reset: 0, stall: 0 };
	let isBad = false;
	const server = createServer((near) => {
		const doom = isBad ? { end: random.one(ENDS), left: random.below(MOST_BYTES), random } : null;
		const passage = new Passage(near, connect(target, '127.0.0.1'), doom, (end) => broken[end]++);
		passages.add(passage);
		near.once('close', () => passages.delete(passage));
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	return {
		port: (server.address() as AddressInfo).port,
		broken,
		spoil() {
			isBad = true;
			for (const passage of passages) passage.close();
		},
		repair() {
			isBad = false;
			for (const passage of passages) if (passage.isDoomed) passage.close();
		},
		async close() {
			for (const passage of passages) passage.close();
			await new Promise((resolve) => server.close(resolve));
		},
	};
}

interface Doom {
	readonly end: End;
	/** Bytes until then. */
	left: number;
	readonly random: Random;
}

/** One connection through the line. */
class Passage {
	readonly #near: Socket;
	readonly #far: Socket;
	readonly #doom: Doom | null;
	readonly #broke: (end: End) => void;

	constructor(near: Socket, far: Socket, doom: Doom | null, broke: (end: End) => void) {
		[this.#near, this.#far, this.#doom, this.#broke] = [near, far, doom, broke];
		for (const socket of [near, far]) {
			socket.setNoDelay(true);
			socket.on('error', () => this.close());
			socket.once('close', () => this.close());
		}
		void this.#carry(near, far, doom?.end === 'cut-up' || doom?.end === 'reset').catch(() => this.close());
		void this.#carry(far, near, doom?.end === 'cut-down' || doom?.end === 'stall').catch(() => this.close());
	}

	get isDoomed(): boolean {
		return this.#doom !== null;
	}

	close(): void {
		this.#near.destroy();
		this.#far.destroy();
	}

	/** In order, as TCP promises. @param ends the connection ends in the middle of what is carried here */
	async #carry(from: Socket, to: Socket, ends: boolean): Promise<void> {
		const doom = this.#doom;
		for await (const bytes of from as AsyncIterable<Buffer>) {
			for (let rest = bytes; rest.length > 0;) {
				const piece = rest.subarray(0, doom ? 1 + doom.random.below(MOST_PIECE) : rest.length);
				rest = rest.subarray(piece.length);
				if (doom) await pause(doom.random.below(LONGEST_DELAY));
				if (to.destroyed) return;
				const through = doom && ends ? piece.subarray(0, doom.left) : piece;
				await new Promise<void>((resolve) => to.write(through, () => resolve()));
				if (!doom || !ends) continue;
				doom.left -= through.length;
				if (doom.left > 0) continue;
				// Waited for: leaving this loop closes what it reads from.
				await this.#end(doom);
				return;
			}
		}
		this.close();
	}

	async #end({ end, random }: Doom): Promise<void> {
		if (end === 'stall') await pause(random.below(LONGEST_STALL));
		if (this.#near.destroyed) return;
		this.#broke(end);
		if (end === 'reset') this.#near.resetAndDestroy();
		this.close();
	}
}
