import type { AnnouncementName, Announcements } from '../api/realtime.ts';
import type { Letters } from './letters.ts';
import type { Membership } from './membership.ts';
import type { OwnNotebook } from './notebook.ts';
import type { OpenSpaces } from './open-spaces.ts';

/** How long a session that has ended is listened to. */
const LAST_WORDS_MS = 300;

type LinksAppended = Announcements['links'];

/** What hearing needs of the open forum. */
export interface HearingParts extends Membership {
	readonly spaces: OpenSpaces;
	/** True when this browser or account has come to its end: nothing more is asked of the server. */
	readonly hasEnded: () => boolean;
	readonly sessionEnded: () => void;
	readonly changed: () => Promise<void>;
	readonly notebook: OwnNotebook;
	readonly letters: Pick<Letters, 'synchronise'>;
	/** Links have changed who may write where. */
	readonly introduce: () => Promise<void>;
}

/** Takes what the server announces: hints, each held against what is here already. */
export class Hearing {
	readonly #parts: HearingParts;
	/** Links that were announced and not yet taken. */
	#unheard: readonly LinksAppended[] = [];

	constructor(parts: HearingParts) {
		this.#parts = parts;
	}

	/** Notes an announcement; the answer takes it, once it is its turn. */
	announced<Name extends AnnouncementName>(name: Name, payload: Announcements[Name]): () => Promise<void> {
		if (name === 'links') this.#unheard = [...this.#unheard, payload as LinksAppended];
		return () => this.#hear(name, payload);
	}

	/** The session is over: a moment for the links that say why, which may still be under way or waiting their turn. */
	async lastWords(): Promise<void> {
		await new Promise((resolve) => setTimeout(resolve, LAST_WORDS_MS));
		const links = this.#unheard.flatMap((announced) => announced.links);
		for (const { link } of links) await this.#parts.chains.hear(link).catch(() => undefined);
		this.#parts.hasEnded();
	}

	async #hear<Name extends AnnouncementName>(name: Name, payload: Announcements[Name]): Promise<void> {
		if (name === 'event') return this.#hearEvent(payload as Announcements['event']);
		if (name === 'links') return this.#hearLinks(payload as LinksAppended);
		if (name === 'wrap') return this.#hearWrap(payload as Announcements['wrap']);
		if (name === 'notebook') return this.#parts.notebook.hear((payload as Announcements['notebook']).version);
		if (name === 'letter') return this.#parts.letters.synchronise();
		if (name === 'ended') return this.#parts.sessionEnded();
		await this.#parts.keys.merge();
		await this.#parts.changed();
	}

	async #hearWrap({ space, ...wrap }: Announcements['wrap']): Promise<void> {
		this.#parts.spaces.open(space).hearWrap(wrap);
	}

	#hearEvent({ space, event }: Announcements['event']): Promise<void> {
		return this.#parts.spaces.open(space).hear(event);
	}

	async #hearLinks(announced: LinksAppended): Promise<void> {
		const { spaces, changed, introduce, hasEnded } = this.#parts;
		this.#unheard = this.#unheard.filter((other) => other !== announced);
		for (const link of announced.links) await this.#take(link);
		if (hasEnded()) return;
		await spaces.dropLeft();
		await changed();
		await introduce();
	}

	async #take({ position, link }: LinksAppended['links'][number]): Promise<void> {
		const { chains, spaces } = this.#parts;
		if (position === 0) {
			await spaces.open(chains.spaceOf(link)).hearLink(link);
		} else if (position === chains.position + 1) {
			await chains.takeShared([link], position);
		} else if (position > chains.position) {
			await chains.synchronise();
		}
	}
}
