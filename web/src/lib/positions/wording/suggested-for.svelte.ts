import type { Hash, StreamId } from '@multaqa/shared/bytes/ids';
import type { Client, SpaceView } from '@multaqa/shared/client/types';
import { issuesOf, type Issue } from '@multaqa/shared/positions/issues';
import { registerOf } from '@multaqa/shared/positions/register';
import type { Register, Wording } from '@multaqa/shared/positions/register-types';
import { standingOf } from '@multaqa/shared/positions/standing-of';
import { wordingsFor, wordingState } from '@multaqa/shared/positions/wordings';
import { Watched } from '../../client/watched.svelte.ts';

/** Words that wait in an issue for a paragraph of a document. */
export interface SuggestedWords {
	readonly issue: Issue;
	readonly wording: Wording;
}

/** What is suggested in issues whose newest text is a frozen document. */
export class SuggestedFor {
	readonly #read: Watched<readonly { readonly issue: Issue; readonly register: Register }[]>;

	constructor(client: Client, { id, index }: Pick<SpaceView, 'id' | 'index'>, document: StreamId) {
		const standing = standingOf(client, id);
		this.#read = new Watched(client, `space:${id}`, () =>
			issuesOf(client.events(id, index))
				.map((issue) => ({ issue, register: registerOf(client.events(id, issue.stream), { standing, opener: issue.opener }) }))
				.filter(({ register }) => register.versions.at(-1)?.frozen?.stream === document),
		);
	}

	/** For a paragraph, in order. */
	of(pair: string): readonly SuggestedWords[] {
		return this.#read.current.flatMap(({ issue, register }) =>
			wordingsFor(register, pair)
				.filter((wording) => wordingState(wording) === 'open')
				.map((wording) => ({ issue, wording })),
		);
	}

	/** The issue to which a text of the document was put. */
	get issue(): StreamId | null {
		return this.#read.current[0]?.issue.stream ?? null;
	}

	/** How many suggestions of an issue a text takes. */
	taken(issue: StreamId, takes: (register: Register) => readonly Hash[]): number {
		const register = this.#read.current.find((one) => one.issue.stream === issue)?.register;
		return register ? takes(register).length : 0;
	}
}
