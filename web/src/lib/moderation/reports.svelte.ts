import type { SpaceId } from '@multaqa/shared/bytes/ids';
import type { Client, LetterView, SpaceView, StreamEvent } from '@multaqa/shared/client/types';
import { casesOf, type Case } from '@multaqa/shared/moderation/cases';
import { flagIn, type Flag } from '@multaqa/shared/moderation/flags';
import type { Moderation } from '@multaqa/shared/moderation/moderation';
import { untrack } from 'svelte';
import { Watched } from '../client/watched.svelte.ts';

const NONE: readonly LetterView[] = [];

/** What was reported to this person in these spaces. Proofs are checked once each. Made while a component is. */
export class Reports {
	readonly #client: Client;
	readonly #spaces: () => readonly SpaceView[];
	readonly #letters: Watched<readonly LetterView[]>;
	readonly #checked = new Map<number, { readonly space: SpaceId; readonly flag: Flag | null }>();
	#flags = $state.raw<ReadonlyMap<SpaceId, readonly Flag[]>>(new Map());

	constructor(client: Client, spaces: () => readonly SpaceView[]) {
		this.#client = client;
		this.#spaces = spaces;
		this.#letters = new Watched(client, 'letters', () => (client.status.phase === 'open' ? client.letters.list : NONE));
		$effect(() => {
			const letters = this.#letters.current;
			const known = this.#spaces();
			untrack(() => void this.#check(letters, known));
		});
	}

	/** Letters that are none: altered on their way, or made up. */
	get unreadable(): number {
		return this.#letters.current.filter(({ holds }) => !holds).length;
	}

	/** @param index of that space: what was closed because of a report */
	cases(space: SpaceId, moderation: Moderation, index: readonly StreamEvent[]): readonly Case[] {
		return casesOf(this.#flags.get(space) ?? [], moderation, index);
	}

	/** Those that nobody has acted upon and that prove something. */
	open(space: SpaceId, moderation: Moderation, index: readonly StreamEvent[]): readonly Case[] {
		return this.cases(space, moderation, index).filter(({ ending, flags }) => ending === null && flags.length > 0);
	}

	async #check(letters: readonly LetterView[], spaces: readonly SpaceView[]): Promise<void> {
		for (const letter of letters) {
			const space = letter.holds ? spaces.find(({ id }) => id === letter.space) : undefined;
			if (!space || this.#checked.has(letter.number)) continue;
			this.#checked.set(letter.number, { space: space.id, flag: null });
			this.#checked.set(letter.number, { space: space.id, flag: await flagIn(this.#client, space, letter).catch(() => null) });
		}
		const found = [...this.#checked.values()].flatMap(({ space, flag }) => (flag ? [{ space, flag }] : []));
		const bySpace = [...Map.groupBy(found, ({ space }) => space)];
		this.#flags = new Map(bySpace.map(([space, all]) => [space, all.map(({ flag }) => flag)]));
	}
}
