import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Something that must not be found, and how it was found. */
export interface Leak {
	readonly what: string;
	readonly where: string;
	readonly as: string;
}

/** The ways a text could lie in a file. Parts of base64 depend on where the text begins: all three are looked for. */
function formsOf(text: string): { as: string; bytes: Buffer }[] {
	const plain = Buffer.from(text, 'utf8');
	const shifted = [0, 1, 2].map((shift) => {
		const encoded = Buffer.concat([Buffer.alloc(shift), plain]).toString('base64');
		// What depends on neighbours, at both ends, is cut off.
		return encoded.slice(shift === 0 ? 0 : 4, Math.floor(((shift + plain.length) * 4) / 3) - 2);
	});
	const base64 = shifted.flatMap((encoded) => [encoded, encoded.replaceAll('+', '-').replaceAll('/', '_')]);
	return [
		{ as: 'utf-8', bytes: plain },
		{ as: 'utf-16', bytes: Buffer.from(text, 'utf16le') },
		{ as: 'hex', bytes: Buffer.from(plain.toString('hex')) },
		...base64.filter((encoded) => encoded.length >= 6).map((encoded) => ({ as: 'base64', bytes: Buffer.from(encoded) })),
	];
}

/** Searches every file of the server's folder and its log, byte by byte, for what must never be there. */
export function findLeaks(folder: string, log: readonly string[], needles: Readonly<Record<string, string>>): readonly Leak[] {
	const places = readdirSync(folder).map((name) => ({ where: name, bytes: readFileSync(join(folder, name)) }));
	places.push({ where: 'log', bytes: Buffer.from(log.join('\n')) });
	return Object.entries(needles).flatMap(([what, text]) =>
		places.flatMap(({ where, bytes }) =>
			formsOf(text)
				.filter((form) => bytes.includes(form.bytes))
				.map(({ as }) => ({ what, where, as })),
		),
	);
}
