/** A name, as it is written after its slash. */
export class PdfName {
	readonly value: string;
	constructor(value: string) {
		this.value = value;
	}
}

/** A string or a number, exactly as it is written. */
export class PdfRaw {
	readonly bytes: Uint8Array;
	constructor(bytes: Uint8Array) {
		this.bytes = bytes;
	}
}

/** Points to an object by its number. */
export class PdfRef {
	readonly number: number;
	constructor(number: number) {
		this.number = number;
	}
}

export type PdfDict = ReadonlyMap<string, PdfValue>;

/** A dictionary with bytes behind it. */
export class PdfStream {
	readonly dict: PdfDict;
	readonly bytes: Uint8Array;
	constructor(dict: PdfDict, bytes: Uint8Array) {
		this.dict = dict;
		this.bytes = bytes;
	}
}

export type PdfValue = null | boolean | number | PdfName | PdfRaw | PdfRef | readonly PdfValue[] | PdfDict | PdfStream;

export const isDict = (value: PdfValue | undefined): value is PdfDict => value instanceof Map;
export const isList = (value: PdfValue | undefined): value is readonly PdfValue[] => Array.isArray(value);

/** The letters of a name; nothing when it is none. */
export const nameIn = (value: PdfValue | undefined): string | undefined => (value instanceof PdfName ? value.value : undefined);
