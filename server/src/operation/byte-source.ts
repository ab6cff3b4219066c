import { Refusal } from '@multaqa/db/copy/refusal';
import { concatBytes } from '@multaqa/shared/bytes/bytes';

export const DAMAGED = 'The file is damaged: part of it is missing or was altered.';

/** Bytes that come in chunks, taken in portions. */
export interface Source {
	/** Exactly so many bytes; `null`: it ends before. */
	take(length: number): Promise<Uint8Array | null>;
	/** Up to and with the next line break; `null`: none within so many bytes. */
	line(most: number): Promise<Uint8Array | null>;
	isAtEnd(): Promise<boolean>;
}

const LINE_BREAK = 10;

/** @throws Refusal `altered` for whatever the stream itself finds wrong */
export function createSource(bytes: AsyncIterable<Uint8Array>): Source {
	const chunks = bytes[Symbol.asyncIterator]();
	let waiting: Uint8Array[] = [];
	let held = 0;
	const more = async () => {
		const next = await nextChunk(chunks);
		if (!next) return false;
		waiting.push(next);
		held += next.length;
		return true;
	};
	const gather = async (length: number) => {
		for (;;) if (held >= length || !(await more())) break;
		if (waiting.length > 1) waiting = [concatBytes(...waiting)];
		return waiting[0] ?? new Uint8Array();
	};
	const cut = (all: Uint8Array, length: number) => {
		waiting = length < all.length ? [all.subarray(length)] : [];
		held -= length;
		return all.slice(0, length);
	};
	return {
		async take(length) {
			const all = await gather(length);
			return held < length ? null : cut(all, length);
		},
		async line(most) {
			const all = await gather(most);
			const place = all.subarray(0, most).indexOf(LINE_BREAK);
			return place === -1 ? null : cut(all, place + 1);
		},
		async isAtEnd() {
			return (await gather(1)).length === 0;
		},
	};
}

/** What the encryption finds wrong says the same as what we find wrong ourselves. */
async function nextChunk(chunks: AsyncIterator<Uint8Array>): Promise<Uint8Array | null> {
	try {
		const { value, done } = await chunks.next();
		return done ? null : value;
	} catch (error) {
		if (error instanceof Refusal) throw error;
		throw new Refusal('altered', DAMAGED);
	}
}
