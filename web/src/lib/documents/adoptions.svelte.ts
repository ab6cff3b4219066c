import type { Hash, StreamId } from '@multaqa/shared/bytes/ids';
import type { Client, SpaceView } from '@multaqa/shared/client/types';
import { saidIn } from '@multaqa/shared/documents/live/read';
import { frozenIn } from '@multaqa/shared/documents/live/versions';
import type { Pair } from '@multaqa/shared/documents/pair';
import { adoptionOf, type Adoption } from '@multaqa/shared/positions/adoption';
import { issuesOf } from '@multaqa/shared/positions/issues';
import { registerOf } from '@multaqa/shared/positions/register';
import { standingOf } from '@multaqa/shared/positions/standing-of';
import { Watched } from '../client/watched.svelte.ts';

/** By which decision a text was adopted, and in which issue. */
export interface Adopted extends Adoption {
	readonly issue: StreamId;
}

/** What the issues of a space have decided about frozen texts. */
export class Adoptions {
	readonly #registers: Watched<readonly { readonly stream: StreamId; readonly register: () => ReturnType<typeof registerOf> }[]>;

	readonly #client: Client;
	readonly #space: SpaceView;

	constructor(client: Client, space: SpaceView) {
		this.#client = client;
		this.#space = space;
		const standing = standingOf(client, space.id);
		this.#registers = new Watched(client, `space:${space.id}`, () =>
			issuesOf(client.events(space.id, space.index)).map(({ stream, opener }) => ({
				stream,
				register: () => registerOf(client.events(space.id, stream), { standing, opener }),
			})),
		);
	}

	/** The decision that adopted exactly this text; `null`: none did, whatever was decided about another one. */
	of(stream: StreamId, hash: Hash): Adopted | null {
		const registers = this.#registers.current;
		const pairs = this.#pairsOf(stream, hash);
		if (!pairs) return null;
		for (const issue of registers) {
			const adoption = adoptionOf(issue.register(), { stream, hash, pairs });
			if (adoption) return { ...adoption, issue: issue.stream };
		}
		return null;
	}

	/** The words that were frozen under this hash: an issue may bear the hash and have others. */
	#pairsOf(stream: StreamId, hash: Hash): readonly Pair[] | null {
		for (const event of this.#client.events(this.#space.id, stream)) {
			const said = event.verified ? saidIn(event) : null;
			if (!event.verified || said?.type !== 'document.freeze' || said.content.hash !== hash) continue;
			const frozen = frozenIn(event, said.content, null);
			if (frozen) return frozen.text.pairs;
		}
		return null;
	}
}
