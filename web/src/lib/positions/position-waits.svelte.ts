import type { Client, SpaceView } from '@multaqa/shared/client/types';
import { PerSpace } from '../client/per-space.svelte.ts';
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
	readonly #now = new Now(60);
	readonly #positions: PerSpace<Positions>;

	constructor(client: Client, spaces: () => readonly SpaceView[]) {
		this.#positions = new PerSpace(spaces, (space) => new Positions(client, space));
	}

	rows(format: Format, language: Language): readonly PositionRow[] {
		const rows = this.#positions.all.flatMap(({ space, it }) => this.#in(space, it, format, language));
		return rows.toSorted((a, b) => (a.until ?? Infinity) - (b.until ?? Infinity));
	}

	#in(space: SpaceView, positions: Positions, format: Format, language: Language): readonly PositionRow[] {
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
}
