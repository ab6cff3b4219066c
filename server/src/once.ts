import { fromBase64url, toBase64url } from '@multaqa/shared/bytes/bytes';
import { CBOR_LIMITS, decodeCbor, encodeCbor, type Cbor } from '@multaqa/shared/bytes/cbor';
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { alone, type Nodes } from './nodes/nodes.ts';

/**
 * What a server has to know again when an exchange goes on, used at most once. The client carries it, sealed: whichever
 * node it comes back to can read it, and beginning many exchanges fills nobody's memory.
 */
export interface Once<T> {
	/** Seals a value; the answer is to be brought back. */
	keep(value: T): string;
	/** The value, from now on never again; `null` when it is not of here, too old, or was taken. */
	take(sealed: string): T | null;
	has(sealed: string): boolean;
}

export interface OnceOptions {
	/** Of this kind of exchange alone. */
	readonly label: string;
	/** 32 bytes that all nodes share. */
	readonly key: Uint8Array;
	/** Milliseconds. */
	readonly lifetime: number;
	readonly now: () => number;
	readonly nodes?: Nodes;
}

const CIPHER = 'aes-256-gcm';
const NONCE = 12;
const NONCE_CHARACTERS = 16;
const TAG = 16;
/** Taken ones that are remembered until they are too old anyway. Each had been sealed here. */
const MOST_TAKEN = 50_000;

interface Kept {
	readonly until: number;
	readonly value: Cbor;
}

export function createOnce<T extends Cbor>({ label, key, lifetime, now, nodes = alone() }: OnceOptions): Once<T> {
	const taken = new Map<string, number>();
	const forgetOld = () => {
		for (const [name, until] of taken) {
			if (until > now() && taken.size <= MOST_TAKEN) return;
			taken.delete(name);
		}
	};
	/** By the nonce, which is the seal's own. */
	const nameOf = (sealed: string) => sealed.slice(0, NONCE_CHARACTERS);
	const note = (name: string) => {
		taken.set(name, now() + lifetime);
		forgetOld();
	};
	const tellTaken = nodes.subject(`taken-${label}`, note);
	const open = (sealed: string): Kept | null => {
		const kept = taken.has(nameOf(sealed)) ? null : unseal(sealed, key, label);
		return kept && kept.until > now() ? kept : null;
	};
	return {
		keep: (value) => seal({ until: now() + lifetime, value }, key, label),
		take(sealed) {
			const kept = open(sealed);
			if (!kept) return null;
			note(nameOf(sealed));
			tellTaken(nameOf(sealed));
			return kept.value as T;
		},
		has: (sealed) => open(sealed) !== null,
	};
}

function seal({ until, value }: Kept, key: Uint8Array, label: string): string {
	const nonce = randomBytes(NONCE);
	const cipher = createCipheriv(CIPHER, key, nonce).setAAD(Buffer.from(label));
	const text = Buffer.concat([cipher.update(encodeCbor({ until, value })), cipher.final()]);
	return toBase64url(Buffer.concat([nonce, text, cipher.getAuthTag()]));
}

function unseal(sealed: string, key: Uint8Array, label: string): Kept | null {
	try {
		const bytes = fromBase64url(sealed);
		const cipher = createDecipheriv(CIPHER, key, bytes.subarray(0, NONCE), { authTagLength: TAG });
		cipher.setAAD(Buffer.from(label)).setAuthTag(bytes.subarray(-TAG));
		const text = Buffer.concat([cipher.update(bytes.subarray(NONCE, -TAG)), cipher.final()]);
		return decodeCbor(text, CBOR_LIMITS) as unknown as Kept;
	} catch {
		return null;
	}
}
