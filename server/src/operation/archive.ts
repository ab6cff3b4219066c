import type { Block, Outline, Sums } from '@multaqa/db/copy/read';
import { createSums, differencesOf } from '@multaqa/db/copy/read';
import { Refusal } from '@multaqa/db/copy/refusal';
import { concatBytes, equalBytes, utf8 } from '@multaqa/shared/bytes/bytes';
import { decodeCbor, encodeCbor, type Cbor } from '@multaqa/shared/bytes/cbor';
import { createHash } from 'node:crypto';
import * as v from 'valibot';
import { createSource, DAMAGED, type Source } from './byte-source.ts';

/**
 * What lies inside the encryption: a line that names the format, then frames (four bytes of length, CBOR): one `head`,
 * many `rows`, one `end` that holds the sums of all tables and the hash of everything before it.
 */
const NAME = 'multaqa-backup';
const FORMAT = 1;
const FIRST_LINE = utf8(`${NAME} ${FORMAT}\n`);
const LONGEST_LINE = 64;
const LENGTH_BYTES = 4;
const LIMITS = { bytes: 64 * 1024 * 1024, items: 10_000, depth: 6 };

const count = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
const head = v.tuple([
	v.literal('head'),
	v.strictObject({
		made: v.string(),
		migrations: v.array(v.string()),
		tables: v.array(v.strictObject({ name: v.string(), columns: v.array(v.string()) })),
	}),
]);
const rows = v.tuple([v.literal('rows'), v.string(), v.array(v.instance(Uint8Array))]);
const end = v.tuple([v.literal('end'), v.record(v.string(), v.strictObject({ rows: count, sum: v.string() })), v.instance(Uint8Array)]);

/** The bytes of an archive, frame after frame. `onSums` is told what it holds when all of it has passed. */
export async function* writeArchive(
	outline: Outline,
	made: string,
	blocks: AsyncIterable<Block>,
	onSums: (sums: Sums) => void,
): AsyncGenerator<Uint8Array> {
	const hash = createHash('sha256');
	const passing = (bytes: Uint8Array) => {
		hash.update(bytes);
		return bytes;
	};
	const sums = createSums(outline);
	yield passing(FIRST_LINE);
	const { migrations, tables } = outline;
	yield passing(frame(['head', { made, migrations, tables: tables.map(({ name, columns }) => ({ name, columns })) }]));
	for await (const block of blocks) {
		sums.add(block);
		yield passing(frame(['rows', block.table, block.rows]));
	}
	onSums(sums.sums);
	yield frame(['end', plainSums(sums.sums), hash.digest()]);
}

const plainSums = (sums: Sums): Cbor => Object.fromEntries(Object.entries(sums).map(([name, { rows, sum }]) => [name, { rows, sum }]));

function frame(value: Cbor): Uint8Array {
	const body = encodeCbor(value);
	const length = Buffer.alloc(LENGTH_BYTES);
	length.writeUInt32BE(body.length);
	return concatBytes(length, body);
}

/** An archive whose first frame has been read. */
export interface Archive {
	readonly outline: Outline;
	/** The hour in which it was made. */
	readonly made: string;
	/** To be walked once, and to the end: only there is it known that nothing is missing. @throws Refusal `altered` */
	readonly blocks: AsyncIterable<Block>;
}

/** @throws Refusal `version`, `altered` */
export async function readArchive(bytes: AsyncIterable<Uint8Array>): Promise<Archive> {
	const source = createSource(bytes);
	const hash = createHash('sha256');
	await readFirstLine(source, hash);
	const [, { made, ...outline }] = parse(head, await readFrame(source, hash));
	return { outline, made, blocks: readBlocks(source, hash, outline) };
}

async function readFirstLine(source: Source, hash: ReturnType<typeof createHash>): Promise<void> {
	const line = await source.line(LONGEST_LINE);
	if (!line) throw new Refusal('altered', 'The file is no backup of a forum.');
	const [name, format] = Buffer.from(line).toString('latin1').trim().split(' ');
	if (name !== NAME) throw new Refusal('altered', 'The file is no backup of a forum.');
	if (format !== String(FORMAT))
		throw new Refusal('version', 'The backup was made by another version of Multaqa, whose format this one does not read.');
	hash.update(line);
}

async function* readBlocks(source: Source, hash: ReturnType<typeof createHash>, outline: Outline): AsyncGenerator<Block> {
	const sums = createSums(outline);
	for (;;) {
		const before = hash.copy().digest();
		const value = await readFrame(source, hash);
		if (!Array.isArray(value) || value[0] !== 'end') {
			const [, table, some] = parse(rows, value);
			if (!outline.tables.some(({ name }) => name === table)) throw new Refusal('altered', DAMAGED);
			const block = { table, rows: some };
			sums.add(block);
			yield block;
			continue;
		}
		const [, told, digest] = parse(end, value);
		const isWhole = equalBytes(digest, before) && differencesOf(told, sums.sums).length === 0 && (await source.isAtEnd());
		if (!isWhole) throw new Refusal('altered', DAMAGED);
		return;
	}
}

async function readFrame(source: Source, hash: ReturnType<typeof createHash>): Promise<Cbor> {
	const length = await source.take(LENGTH_BYTES);
	const size = length ? Buffer.from(length).readUInt32BE() : 0;
	const body = size > 0 && size <= LIMITS.bytes ? await source.take(size) : null;
	if (!length || !body) throw new Refusal('altered', DAMAGED);
	hash.update(length).update(body);
	try {
		return decodeCbor(body, LIMITS);
	} catch {
		throw new Refusal('altered', DAMAGED);
	}
}

function parse<const Schema extends v.GenericSchema>(schema: Schema, value: Cbor): v.InferOutput<Schema> {
	const result = v.safeParse(schema, value);
	if (!result.success) throw new Refusal('altered', DAMAGED);
	return result.output;
}
