import type { SpaceId } from '@multaqa/shared/bytes/ids';
import type { ChainWords, Client, DeviceView, Finding, ForumView, SpaceView } from '@multaqa/shared/client/types';
import { Watched } from '../client/watched.svelte.ts';
import { reportText } from './report.ts';

/** What this device has found, and what can be compared with others. */
export class Safety {
	readonly #client: Client;
	readonly #findings: Watched<readonly Finding[]>;
	readonly #devices: Watched<readonly DeviceView[]>;
	readonly #spaces: Watched<readonly SpaceView[]>;
	readonly #forum: Watched<ForumView | null>;
	/** Those that had not been looked at when the panel opened. */
	readonly fresh: ReadonlySet<string>;

	constructor(client: Client) {
		this.#client = client;
		this.#findings = new Watched(client, 'findings', () => client.findings);
		this.#devices = new Watched(client, 'devices', () => client.devices);
		this.#spaces = new Watched(client, 'spaces', () => client.spaces);
		this.#forum = new Watched(client, 'forum', () => client.forum);
		this.fresh = new Set(client.findings.filter(({ seen }) => !seen).map(({ id }) => id));
	}

	get findings(): readonly Finding[] {
		return this.#findings.current;
	}

	/** Devices in the own name of which no own device has said that they are ours. */
	get unknownDevices(): readonly DeviceView[] {
		return this.#devices.current.filter(({ known, revoked }) => !known && !revoked);
	}

	titleOf(space: SpaceId | null): string | null {
		return this.#spaces.current.find(({ id }) => id === space)?.title ?? null;
	}

	/** Asked anew whenever the forum's view changes, since its directory may have grown then. */
	get forumWords(): Promise<ChainWords> {
		void this.#forum.current;
		return this.#client.verification.chainWords(null);
	}

	/** As long as the view of a space is the same, so is its roster. */
	wordsOf(space: SpaceView): Promise<ChainWords> {
		return this.#client.verification.chainWords(space.id);
	}

	markSeen(): Promise<void> {
		return this.#client.markFindingsSeen();
	}

	/** The text of a report that names nobody. */
	async report(): Promise<string> {
		const { wordList } = await import('@multaqa/shared/text/words');
		const chainWords = (space: SpaceId | null) => this.#client.verification.chainWords(space);
		const spaces = this.#client.spaces.map(async ({ id, confirmation, renewing }) => ({
			id,
			words: await chainWords(id),
			confirmation,
			renewing,
		}));
		return reportText({
			now: Date.now() / 1000,
			findings: this.findings,
			forum: await chainWords(null),
			spaces: await Promise.all(spaces),
			unknownDevices: this.unknownDevices.length,
			wordAt: (place) => wordList.en[place] ?? '?',
		});
	}
}
