import { fromUtf8, utf8 } from '../bytes/bytes.ts';
import { open, seal } from '../crypto/seal.ts';
import { Problem } from '../problem.ts';
import type { Keys } from './keys.ts';
import type { Ports } from './ports.ts';
import type { Draft } from './types.ts';

interface SealedDraft {
	readonly revision: number;
	readonly sealed: Uint8Array;
}

/** Half-written texts, sealed on this device. Each write names the revision it builds on. */
export class Drafts {
	readonly #ports: Ports;
	readonly #keys: Keys;

	constructor(ports: Ports, keys: Keys) {
		this.#ports = ports;
		this.#keys = keys;
	}

	async read(key: string): Promise<Draft | null> {
		const kept = await this.#ports.store.get<SealedDraft>('drafts', key);
		if (!kept) return null;
		const text = await open(this.#keys.localKey, 'local', kept.sealed, utf8(key)).catch(() => null);
		return text && { text: fromUtf8(text), revision: kept.revision };
	}

	/** @throws Problem `stale` when another tab wrote since `base` */
	async write(key: string, text: string, base: number): Promise<number> {
		const sealed = await seal(this.#keys.localKey, 'local', utf8(text), utf8(key), this.#ports.random);
		return this.#ports.store.exclusively(`draft/${key}`, async () => {
			const kept = await this.#ports.store.get<SealedDraft>('drafts', key);
			if ((kept?.revision ?? 0) !== base) throw new Problem('stale');
			const revision = base + 1;
			await this.#ports.store.write([{ bucket: 'drafts', key, value: { revision, sealed } }]);
			return revision;
		});
	}

	/** Keys of the drafts whose key begins so. */
	keys(beginning: string): Promise<readonly string[]> {
		return this.#ports.store.keys('drafts', beginning);
	}

	async remove(key: string): Promise<void> {
		await this.#ports.store.write([{ bucket: 'drafts', key, value: undefined }]);
	}
}
