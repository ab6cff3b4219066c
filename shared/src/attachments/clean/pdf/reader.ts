import { latin, saysAt } from '../octets.ts';
import { uncleanable } from '../traces.ts';
import { PdfName, PdfRaw, PdfRef, type PdfDict, type PdfValue } from './objects.ts';

const MOST_DEEP = 64;
const SPACE = new Set([0, 9, 10, 12, 13, 32]);
const DELIMITER = new Set('()<>[]{}/%'.split('').map((letter) => letter.charCodeAt(0)));
const code = (letter: string) => letter.charCodeAt(0);
const [SLASH, OPEN, CLOSE, LESS, GREATER, BEGIN, END, PERCENT, ESCAPE] = ['/', '(', ')', '<', '>', '[', ']', '%', '\\'].map(code);

/** Reads the objects of a PDF, one after another. What it does not understand is a Problem `file-uncleanable`. */
export class PdfReader {
	readonly bytes: Uint8Array;
	at: number;

	constructor(bytes: Uint8Array, at = 0) {
		this.bytes = bytes;
		this.at = at;
	}

	skipSpace(): void {
		for (;;) {
			const byte = this.bytes[this.at];
			if (byte === PERCENT) while (this.at < this.bytes.length && !this.#isLineEnd()) this.at++;
			else if (byte !== undefined && SPACE.has(byte)) this.at++;
			else return;
		}
	}

	/** Goes on behind a word when it is the next one. */
	takes(word: string): boolean {
		this.skipSpace();
		if (!saysAt(this.bytes, this.at, word)) return false;
		this.at += word.length;
		return true;
	}

	expects(word: string): void {
		if (!this.takes(word)) uncleanable(`no ${word}`);
	}

	/** A number without sign or point. */
	integer(): number {
		this.skipSpace();
		const found = this.#integerAhead();
		if (found === null) return uncleanable('no number');
		this.at = found.end;
		return found.value;
	}

	value(depth = 0): PdfValue {
		if (depth > MOST_DEEP) uncleanable('too deep');
		this.skipSpace();
		const byte = this.bytes[this.at];
		if (byte === SLASH) return new PdfName(this.#name());
		if (byte === OPEN) return this.#string();
		if (byte === BEGIN) return this.#list(depth);
		if (byte === LESS) return this.bytes[this.at + 1] === LESS ? this.dict(depth) : this.#hex();
		return this.#reference() ?? this.#word();
	}

	dict(depth = 0): PdfDict {
		this.expects('<<');
		const dict = new Map<string, PdfValue>();
		while (!this.takes('>>')) {
			if (this.bytes[this.at] !== SLASH) uncleanable('no key');
			dict.set(this.#name(), this.value(depth + 1));
		}
		return dict;
	}

	#list(depth: number): readonly PdfValue[] {
		const list: PdfValue[] = [];
		this.at++;
		for (;;) {
			this.skipSpace();
			if (this.bytes[this.at] === END) {
				this.at++;
				return list;
			}
			list.push(this.value(depth + 1));
		}
	}

	#name(): string {
		const from = ++this.at;
		while (this.#isRegular()) this.at++;
		return latin(this.bytes, from, this.at).replaceAll(/#([0-9A-Fa-f]{2})/g, (_, hex: string) =>
			String.fromCharCode(Number.parseInt(hex, 16)),
		);
	}

	#string(): PdfRaw {
		const from = this.at;
		let open = 0;
		do {
			const byte = this.bytes[this.at];
			if (byte === undefined) uncleanable('cut off');
			if (byte === ESCAPE) this.at++;
			else if (byte === OPEN) open++;
			else if (byte === CLOSE) open--;
			this.at++;
		} while (open > 0);
		return new PdfRaw(this.bytes.subarray(from, this.at));
	}

	#hex(): PdfRaw {
		const end = this.bytes.indexOf(GREATER ?? 0, this.at);
		if (end < 0) uncleanable('cut off');
		const raw = new PdfRaw(this.bytes.subarray(this.at, end + 1));
		this.at = end + 1;
		return raw;
	}

	/** `12 0 R` */
	#reference(): PdfRef | null {
		const number = this.#integerAhead();
		if (!number || !SPACE.has(this.bytes[number.end] ?? 0)) return null;
		const start = this.at;
		this.at = number.end;
		this.skipSpace();
		const generation = this.#integerAhead();
		if (generation) {
			this.at = generation.end;
			this.skipSpace();
			if (this.bytes[this.at] === code('R') && !this.#isRegular(this.at + 1)) {
				this.at++;
				return new PdfRef(number.value);
			}
		}
		this.at = start;
		return null;
	}

	#word(): PdfValue {
		const from = this.at;
		while (this.#isRegular()) this.at++;
		const word = latin(this.bytes, from, Math.min(this.at, from + 64));
		if (word === 'true') return true;
		if (word === 'false') return false;
		if (word === 'null') return null;
		if (/^\d{1,15}$/.test(word)) return Number(word);
		if (/^[+-]*[\d.]+(?:-\d*)?$/.test(word)) return new PdfRaw(this.bytes.subarray(from, this.at));
		return uncleanable('no value');
	}

	#integerAhead(): { value: number; end: number } | null {
		let end = this.at;
		let value = 0;
		for (let byte = this.bytes[end]; byte !== undefined && byte >= 48 && byte <= 57; byte = this.bytes[++end])
			value = value * 10 + byte - 48;
		return end === this.at || end - this.at > 15 || this.#isRegular(end) ? null : { value, end };
	}

	#isRegular(at = this.at): boolean {
		const byte = this.bytes[at];
		return byte !== undefined && !SPACE.has(byte) && !DELIMITER.has(byte);
	}

	#isLineEnd(): boolean {
		const byte = this.bytes[this.at];
		return byte === 10 || byte === 13;
	}
}
