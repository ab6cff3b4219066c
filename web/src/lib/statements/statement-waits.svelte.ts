import type { Client, SpaceView } from '@multaqa/shared/client/types';
import type { WaitKind } from '@multaqa/shared/statements/waits';
import { PerSpace } from '../client/per-space.svelte.ts';
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
	readonly #now = new Now(60);
	readonly #statements: PerSpace<Statements>;

	constructor(client: Client, spaces: () => readonly SpaceView[]) {
		this.#statements = new PerSpace(spaces, (space) => new Statements(client, space));
	}

	rows(format: Format, language: Language): readonly StatementRow[] {
		return this.#statements.all.flatMap(({ space, it }) => this.#in(space, it, format, language));
	}

	#in(space: SpaceView, statements: Statements, format: Format, language: Language): readonly StatementRow[] {
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
}
