import type { Block } from '@multaqa/db/copy/read';

/** Told while something long is under way: what, and how many of how many rows. */
export type Progress = (stage: string, done: number, all: number | null) => void;

/** Passes blocks on and tells how far it is. */
export async function* withProgress(
	blocks: AsyncIterable<Block>,
	stage: string,
	all: number | null,
	progress: Progress,
): AsyncGenerator<Block> {
	let done = 0;
	for await (const block of blocks) {
		done += block.rows.length;
		progress(stage, done, all);
		yield block;
	}
}

/** Shows every block to somebody else in passing. */
export async function* shownTo(blocks: AsyncIterable<Block>, see: (block: Block) => void): AsyncGenerator<Block> {
	for await (const block of blocks) {
		see(block);
		yield block;
	}
}
