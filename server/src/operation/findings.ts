import type { Block, Outline } from '@multaqa/db/copy/read';
import { decodeRow, type Value } from '@multaqa/db/copy/row';
import { createTableSum } from '@multaqa/db/copy/sum';
import { blobIdOf } from '@multaqa/shared/attachments/pieces';
import { utf8 } from '@multaqa/shared/bytes/bytes';
import { idOf } from '@multaqa/shared/bytes/ids';
import { hash } from '@multaqa/shared/crypto/hash';
import { envelopeId } from '@multaqa/shared/log/envelope';
import { createHash } from 'node:crypto';

/** What a forum holds, as far as its server can tell. */
export interface Findings {
	readonly accounts: number;
	readonly chains: number;
	readonly spaces: number;
	readonly events: number;
	readonly pieces: number;
	readonly pieceBytes: number;
	/** Stands for every chain's head, every space's last event and every attachment: equal here, equal there. */
	readonly fingerprint: string;
	/** In plain words; none: everything is what its name says. */
	readonly faults: readonly string[];
}

type Named = Readonly<Record<string, Value>>;

/** Looks at every row that passes: that bytes are what they are named by, and that nothing is missing in between. */
export function createFindings(outline: Outline): { add(block: Block): void; readonly result: Findings } {
	const chains = new Map<string, { seq: number; hash: string }>();
	const spaces = new Map<string, { position: number; id: string }>();
	const pieces = createTableSum();
	const counts = { accounts: 0, events: 0, pieces: 0, pieceBytes: 0 };
	const faults = new Map<string, number>();
	const fault = (what: string) => faults.set(what, (faults.get(what) ?? 0) + 1);

	const look: Partial<Record<string, (row: Named) => void>> = {
		accounts: () => void counts.accounts++,
		links(row) {
			const [chain, seq] = [String(row['chain']), Number(row['seq'])];
			if (seq !== (chains.get(chain)?.seq ?? -1) + 1) fault('a link is missing in a chain');
			chains.set(chain, { seq, hash: String(row['hash']) });
		},
		events(row) {
			const [space, position, envelope] = [String(row['space']), Number(row['position']), row['envelope']];
			counts.events++;
			if (position !== (spaces.get(space)?.position ?? 0) + 1) fault('an event is missing in a space');
			if (!(envelope instanceof Uint8Array) || envelopeId(envelope) !== row['id']) fault('an event is not what its name says');
			spaces.set(space, { position, id: String(row['id']) });
		},
		blobs(row) {
			const { id, bytes } = row;
			if (!(bytes instanceof Uint8Array) || blobIdOf(bytes) !== id) return fault('a piece of an attachment is not what its name says');
			counts.pieces++;
			counts.pieceBytes += bytes.length;
			pieces.add(utf8(String(id)));
		},
		public_keys({ key, hash: name }) {
			if (!(key instanceof Uint8Array) || idOf(hash('public-key', key)) !== name) fault('a public key is not what its name says');
		},
	};

	return {
		add({ table, rows }) {
			const inspect = look[table];
			const columns = outline.tables.find(({ name }) => name === table)?.columns ?? [];
			if (inspect) for (const row of rows) inspect(named(columns, decodeRow(row)));
		},
		get result() {
			return {
				...counts,
				chains: chains.size,
				spaces: spaces.size,
				fingerprint: fingerprintOf(chains, spaces, pieces.total.sum),
				faults: [...faults].map(([what, times]) => (times === 1 ? what : `${what} (${times} times)`)),
			};
		},
	};
}

const named = (columns: readonly string[], values: readonly Value[]): Named =>
	Object.fromEntries(columns.map((column, place) => [column, values[place] ?? null]));

function fingerprintOf(
	chains: ReadonlyMap<string, { seq: number; hash: string }>,
	spaces: ReadonlyMap<string, { position: number; id: string }>,
	pieces: string,
): string {
	const lines = [
		...[...chains].map(([chain, { seq, hash }]) => `chain ${chain} ${seq} ${hash}`).sort(),
		...[...spaces].map(([space, { position, id }]) => `space ${space} ${position} ${id}`).sort(),
		`pieces ${pieces}`,
	];
	const digest = createHash('sha256').update(lines.join('\n')).digest('hex').slice(0, 32);
	return digest.match(/.{4}/g)?.join(' ') ?? digest;
}
