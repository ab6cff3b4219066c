import type { SpaceId } from '@multaqa/shared/bytes/ids';
import type { Client, SpaceView } from '@multaqa/shared/client/types';
import type { Language } from '../display/languages.ts';
import type { Format } from '../i18n/format.ts';
import { Now } from '../i18n/now.svelte.ts';
import { m } from '../paraglide/messages.js';
import { Positions } from './positions.svelte.ts';
import { waitText } from './texts.ts';
import { spoken } from './words.ts';

/** Something that an issue asks, as Today shows what waits. */
export interface PositionRow {
	readonly key: string;
	readonly href: string;
	readonly sort: 'position';
	readonly kind: string;
	readonly title: string;
	readonly space: SpaceView;
	readonly author: null;
	readonly time: null;
	readonly at: null;
	/** When it is over: seconds since 1970. */
	readonly until: number | null;
}

/** What issues of all spaces ask of this person: what is over soonest first, and nothing of those who have answered. */
export class PositionWaits {
	readonly #client: Client;
	readonly #spaces: () => readonly SpaceView[];
	readonly #now = new Now(60);
	readonly #positions = new Map<SpaceId, Positions>();

	constructor(client: Client, spaces: () => readonly SpaceView[]) {
		this.#client = client;
		this.#spaces = spaces;
	}

	rows(format: Format, language: Language): readonly PositionRow[] {
		const rows = this.#spaces().flatMap((space) => this.#in(space, format, language));
		return rows.toSorted((a, b) => (a.until ?? Infinity) - (b.until ?? Infinity));
	}

	#in(space: SpaceView, format: Format, language: Language): readonly PositionRow[] {
		const positions = this.#of(space);
		return positions.issues.flatMap((issue) =>
			positions.waits(issue, this.#now.seconds).map(({ kind, until }) => ({
				key: `${kind}/${issue.stream}`,
				href: `/s/${space.id}/positions/${issue.stream}`,
				sort: 'position' as const,
				kind: until === null ? waitText(kind) : m.position_waits_until({ what: waitText(kind), moment: format.moment(until) }),
				title: spoken(issue.title, language),
				space,
				author: null,
				time: null,
				at: null,
				until,
			})),
		);
	}

	#of({ id }: SpaceView): Positions {
		const known = this.#positions.get(id);
		if (known) return known;
		const first = this.#spaces().find((space) => space.id === id);
		const current = () => this.#spaces().find((space) => space.id === id) ?? (first as SpaceView);
		let positions: Positions | undefined;
		// Made while something else is worked out, and kept longer than that.
		$effect.root(() => {
			positions = new Positions(this.#client, current);
		});
		this.#positions.set(id, positions as unknown as Positions);
		return positions as unknown as Positions;
	}
}
