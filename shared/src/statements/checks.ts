import type { Hash } from '../bytes/ids.ts';
import type { StreamEvent } from '../client/types.ts';
import { admitKey, verifyFile } from '../crypto/sign.ts';
import { actIn } from './events.ts';

/** Whether the organisations' signatures in events hold, each looked at once. */
export class SignatureChecks {
	readonly #known = new Map<Hash, boolean>();

	/** `undefined`: not looked at yet. */
	holds = (event: Hash): boolean | undefined => this.#known.get(event);

	/** Looks at those that are new; answers whether there were any. */
	async look(stream: readonly StreamEvent[]): Promise<boolean> {
		const fresh = stream.flatMap((event) => {
			if (!event.verified || this.#known.has(event.id)) return [];
			const act = actIn(event);
			return act?.type === 'signature.give' || act?.type === 'signature.withdraw' ? [{ id: event.id, ...act.content }] : [];
		});
		await Promise.all(fresh.map(async ({ id, ...signed }) => this.#known.set(id, await isSigned(signed))));
		return fresh.length > 0;
	}
}

async function isSigned(signed: { readonly file: Uint8Array; readonly signature: Uint8Array; readonly key: Uint8Array }): Promise<boolean> {
	try {
		return await verifyFile(admitKey(signed.key), signed.file, signed.signature);
	} catch {
		return false;
	}
}
