import type { AnnouncementName, Announcements } from '../api/realtime.ts';
import { isProblem } from '../problem.ts';
import type { Transport } from './ports.ts';
import type { Connection } from './types.ts';

/** How soon somebody who waits for approval, or for the line, looks again: not all at the same moment after a restart. */
const AGAIN_MS = 10_000;
const AGAIN_SPREAD_MS = 10_000;

/** No line, or a server that has too much to do just now: no reason to suspect it of anything. */
export const NOT_NOW = ['offline', 'storage-unavailable', 'too-many-attempts'] as const;

/** What the line needs of the open forum. */
export interface LineParts {
	readonly transport: Transport;
	inTurn<T>(work: () => Promise<T>): Promise<T>;
	/** Fetches what happened meanwhile; false when that was the end of it. */
	readonly catchUp: () => Promise<boolean>;
	/** Sees to what waited for a line and a forum that is up to date. */
	readonly caughtUp: () => Promise<void>;
	/** Notes an announcement; the answer takes it. */
	readonly announced: <Name extends AnnouncementName>(name: Name, payload: Announcements[Name]) => () => Promise<void>;
	readonly connectionChanged: (connection: Connection) => void;
	/** Notes what the server did, other than not being there. */
	readonly report: (error: unknown) => Promise<void>;
}

/** The line to the server: opened once, caught up whenever it comes back, and looked after while it is gone. */
export class Line {
	readonly #parts: LineParts;
	#closed = false;
	#offline = false;
	#again: ReturnType<typeof setTimeout> | null = null;
	#hangUp: () => void = () => undefined;

	constructor(parts: LineParts) {
		this.#parts = parts;
	}

	/** Opens the line and catches up. A first catch-up that fails for want of a line is no failure. */
	async open(): Promise<void> {
		const { transport, connectionChanged, announced } = this.#parts;
		connectionChanged('connecting');
		await this.#catchUp();
		if (this.#closed) return;
		this.#hangUp = transport.listen({
			// Also after the first opening: between the catch-up and the line nothing may be missed.
			opened: () => void this.#catchUp(),
			closed: () => connectionChanged('connecting'),
			announced: (name, payload) => void this.#inTurn(announced(name, payload)),
		});
	}

	close(): void {
		this.#closed = true;
		if (this.#again) clearTimeout(this.#again);
		this.#hangUp();
	}

	/** Requests come through again though the realtime line never fell: the rest may be fetched too. */
	isBack(): void {
		if (this.#offline) void this.#catchUp();
	}

	/** Catches up again soon: somebody waits for what the server does not announce to them. */
	lookAgain(): void {
		if (this.#again || this.#closed) return;
		this.#again = setTimeout(
			() => {
				this.#again = null;
				void this.#catchUp();
			},
			AGAIN_MS + Math.random() * AGAIN_SPREAD_MS,
		);
	}

	/** Something failed that needed the line. */
	failed(error: unknown): void {
		if (this.#closed) return;
		if (isProblem(error, ...NOT_NOW)) {
			this.#offline = true;
			this.#parts.connectionChanged('offline');
			this.lookAgain();
		} else if (!isProblem(error, 'unauthenticated', 'stale', 'dirty')) void this.#parts.report(error);
	}

	#catchUp(): Promise<void> {
		return this.#inTurn(async () => {
			if (!(await this.#parts.catchUp()) || this.#closed) return;
			this.#offline = false;
			this.#parts.connectionChanged('online');
			await this.#parts.caughtUp();
		});
	}

	/** Nothing is begun any more once the line is closed; what fails is noted, not thrown. */
	async #inTurn(work: () => Promise<void>): Promise<void> {
		const whileOpen = async () => {
			if (!this.#closed) await work();
		};
		await this.#parts.inTurn(whileOpen).catch((error: unknown) => this.failed(error));
	}
}
