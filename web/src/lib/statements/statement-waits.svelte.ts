import type { SpaceId } from '@multaqa/shared/bytes/ids';
import type { Client, SpaceView } from '@multaqa/shared/client/types';
import type { WaitKind } from '@multaqa/shared/statements/waits';
import type { Language } from '../display/languages.ts';
import type { Format } from '../i18n/format.ts';
import { Now } from '../i18n/now.svelte.ts';
import { m } from '../paraglide/messages.js';
import { Statements } from './statements.svelte.ts';
import { inReaders } from './texts.ts';

/** Something that a statement asks, as Today shows what waits. */
export interface StatementRow {
	readonly key: string;
	readonly href: string;
	readonly sort: 'statement';
	readonly kind: string;
	readonly title: string;
	readonly space: SpaceView;
	readonly author: null;
	readonly time: null;
	readonly at: null;
}

const texts: Readonly<Record<WaitKind, () => string>> = {
	sign: () => m.statement_asks(),
	second: () => m.statement_state_second(),
	publish: () => m.statement_waits_publish(),
	confirm: () => m.statement_stage_confirm(),
	reissue: () => m.statement_outdated(),
};

/** What statements of all spaces ask of this person. */
export class StatementWaits {
	readonly #client: Client;
	readonly #spaces: () => readonly SpaceView[];
	readonly #now = new Now(60);
	readonly #statements = new Map<SpaceId, Statements>();

	constructor(client: Client, spaces: () => readonly SpaceView[]) {
		this.#client = client;
		this.#spaces = spaces;
	}

	rows(format: Format, language: Language): readonly StatementRow[] {
		return this.#spaces().flatMap((space) => this.#in(space, format, language));
	}

	#in(space: SpaceView, format: Format, language: Language): readonly StatementRow[] {
		const statements = this.#of(space);
		return statements.list.flatMap((entry) =>
			statements.waits(entry.stream, this.#now.seconds).map(({ kind, until }) => ({
				key: `${kind}/${entry.stream}`,
				href: `/s/${space.id}/statements/${entry.stream}`,
				sort: 'statement' as const,
				kind: until === null ? texts[kind]() : m.position_waits_until({ what: texts[kind](), moment: format.moment(until) }),
				title: inReaders(entry.title, language),
				space,
				author: null,
				time: null,
				at: null,
			})),
		);
	}

	#of({ id }: SpaceView): Statements {
		const known = this.#statements.get(id);
		if (known) return known;
		const first = this.#spaces().find((space) => space.id === id);
		const current = () => this.#spaces().find((space) => space.id === id) ?? (first as SpaceView);
		const made: { statements?: Statements } = {};
		// Made while something else is worked out, and kept longer than that.
		$effect.root(() => {
			made.statements = new Statements(this.#client, current);
		});
		const statements = made.statements as Statements;
		this.#statements.set(id, statements);
		return statements;
	}
}
