import type { Topics } from './topics.ts';
import type { Connection, Progress, Status, Topic } from './types.ts';

/** As much as the server allows a link to be ahead. */
const CLOCK_TOLERANCE = 10 * 60;

/** How the line and the clock are; whose device this is comes from elsewhere. */
interface Weather {
	readonly connection: Connection;
	readonly synchronising: Progress | null;
	readonly clockOff: number | null;
}

/** What a page is told at a glance: the same answer until something of it changes. */
export class StatusBoard {
	readonly #topics: Topics;
	readonly #rest: () => Omit<Status, keyof Weather>;
	#weather: Weather = { connection: 'offline', synchronising: null, clockOff: null };
	#status: Status | null = null;

	/** @param rest what is not about the line or the clock */
	constructor(topics: Topics, rest: () => Omit<Status, keyof Weather>) {
		this.#topics = topics;
		this.#rest = rest;
	}

	get status(): Status {
		this.#status ??= { ...this.#rest(), ...this.#weather };
		return this.#status;
	}

	/** Tells pages that the status has changed, and with it what else is named. */
	changed(...others: readonly Topic[]): void {
		this.#status = null;
		this.#topics.changed('status', ...others);
	}

	setConnection(connection: Connection): void {
		if (this.#weather.connection !== connection) this.#set({ connection });
	}

	setProgress(synchronising: Progress | null): void {
		this.#set({ synchronising });
	}

	/** @param ahead by how many seconds this device's clock is ahead of the server's */
	setClock(ahead: number): void {
		const clockOff = Math.abs(ahead) > CLOCK_TOLERANCE ? ahead : null;
		if ((clockOff === null) !== (this.#weather.clockOff === null)) this.#set({ clockOff });
	}

	/** There is no line any more. Whoever closed it tells what that changes. */
	hangUp(): void {
		this.#weather = { ...this.#weather, connection: 'offline', synchronising: null };
	}

	#set(change: Partial<Weather>): void {
		this.#weather = { ...this.#weather, ...change };
		this.changed();
	}
}
