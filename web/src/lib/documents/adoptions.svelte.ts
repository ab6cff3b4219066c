import type { Hash, StreamId } from '@multaqa/shared/bytes/ids';
import type { Client, SpaceView } from '@multaqa/shared/client/types';
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

	constructor(client: Client, space: SpaceView) {
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
		for (const issue of this.#registers.current) {
			const adoption = adoptionOf(issue.register(), { stream, hash });
			if (adoption) return { ...adoption, issue: issue.stream };
		}
		return null;
	}
}
