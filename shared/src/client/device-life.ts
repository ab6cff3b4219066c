import { session } from '../api/index.ts';
import { isProblem, Problem } from '../problem.ts';
import type { OpenedAccount } from './accounts.ts';
import type { DeviceRecord } from './device.ts';
import { sendFarewell } from './farewell.ts';
import type { Features } from './names.ts';
import type { OpenForum } from './open-forum.ts';
import type { Ports } from './ports.ts';
import type { OwnForum } from './self.ts';
import { StatusBoard } from './status.ts';
import { beginStay, type Stay } from './stay.ts';
import { Topics } from './topics.ts';
import type { Phase, Status } from './types.ts';
import { watchedTransport } from './watched-transport.ts';

/** What a visitor to the first page does not need comes when it is needed. */
export const loadOpenForum = () => import('./open-forum.ts');

/** One device's whole life: new, locked, open, ended. What is open lives in {@link OpenForum}. */
export class DeviceLife {
	readonly topics = new Topics();
	readonly #ports: Ports;
	readonly #features: Features;
	readonly #board: StatusBoard;
	#stay: Stay;
	#forum: OpenForum | null = null;

	constructor(ports: Ports, features: Features) {
		const transport = watchedTransport(ports.transport, () => {
			if (this.#forum) void this.#endSession();
		});
		this.#ports = { ...ports, transport };
		this.#features = features;
		this.#stay = beginStay(this.#ports, this.topics);
		this.#board = new StatusBoard(this.topics, () => this.#standing());
	}

	async load(): Promise<void> {
		await this.#stay.device.load();
		await this.#stay.findings.load();
	}

	get status(): Status {
		return this.#board.status;
	}

	/** What is kept here, and through which it is kept. */
	get stay(): Stay {
		return this.#stay;
	}

	/** What is open, or `null`. */
	get forum(): OpenForum | null {
		return this.#forum;
	}

	/** @throws Problem `locked` */
	get opened(): OpenForum {
		if (!this.#forum) throw new Problem('locked');
		return this.#forum;
	}

	/**
	 * Keeps an account on this device, opens it and catches up.
	 * @throws Problem `cancelled` when everything was erased meanwhile; another when it turns out that it has ended
	 */
	async open(account: OpenedAccount, stay: Stay, readable?: () => void): Promise<OpenForum> {
		this.#forum?.close();
		await stay.device.begin(account.device);
		const forum = await this.unfold(account, stay);
		if (stay.isOver) throw new Problem('cancelled');
		this.#forum = forum;
		if (account.known) await forum.chains.keep(account.known);
		await forum.load();
		this.#board.changed('forum', 'spaces');
		if (forum.views.spaces.length > 0 && this.#stay.device.ended === null) readable?.();
		await forum.goOnline();
		const { ended } = this.#stay.device;
		if (ended !== null) throw new Problem(ended === 'device-revoked' ? 'device-revoked' : 'sign-in-failed');
		return forum;
	}

	/** An account's forum, not shown to anybody yet. */
	async unfold({ keys, device }: OpenedAccount, stay: Stay): Promise<OpenForum> {
		const [{ OpenForum }, judge] = await Promise.all([loadOpenForum(), this.#features.judge()]);
		return new OpenForum({
			ports: stay.ports,
			features: this.#features,
			judge,
			topics: this.topics,
			findings: stay.findings,
			keys,
			connectionChanged: (connection) => this.#board.setConnection(connection),
			progressChanged: (progress) => this.#board.setProgress(progress),
			statusChanged: () => this.#board.changed(),
			ended: (why) => void (why === null ? this.#endSession() : this.#end(why, stay)),
			device: this.#keeping(stay, device),
			serverTime: (seconds) => this.#board.setClock(Math.floor(this.#ports.now() / 1000) - seconds),
		});
	}

	/** Keys leave memory; what is stored stays. */
	lock(): void {
		this.#forum?.close();
		this.#forum = null;
		this.#board.hangUp();
		this.#board.changed('forum', 'spaces', 'devices');
	}

	async signOut({ erase }: { erase: boolean }): Promise<void> {
		await this.#forum?.sendHeld().catch(() => undefined);
		await this.#ports.transport.call(session.end, { params: {}, request: {} }).catch((error: unknown) => {
			if (!isProblem(error, 'offline', 'unauthenticated')) throw error;
		});
		this.lock();
		if (erase) await this.#erase();
		else await this.#stay.device.forgetHandle();
		this.#board.changed();
	}

	async wipe(): Promise<void> {
		const farewell = (await this.#forum?.revocation().catch(() => null)) ?? null;
		this.lock();
		await this.#erase();
		void sendFarewell(this.#ports.transport, farewell);
		this.#board.changed();
	}

	async close(): Promise<void> {
		await this.#forum?.settled();
		this.lock();
	}

	/** This browser was revoked or the person removed: nothing stays here but the reason. */
	async #end(why: NonNullable<Status['ended']>, stay: Stay): Promise<void> {
		if (stay.isOver) return;
		stay.device.end(why);
		this.lock();
		await this.#erase();
		await this.#stay.device.keepEnd();
		this.#board.changed();
	}

	async #endSession(): Promise<void> {
		const forum = this.#forum;
		await forum?.lastWords();
		if (forum === this.#forum) this.lock();
	}

	async #erase(): Promise<void> {
		this.#stay.end();
		this.#stay = beginStay(this.#ports, this.topics, this.#stay.device.ended);
		await this.#ports.store.clear();
		this.#board.changed('findings', 'devices');
	}

	/** What the open forum may read and keep of this browser. */
	#keeping({ device }: Stay, opened: DeviceRecord): OwnForum['device'] {
		return {
			get record() {
				return device.record ?? opened;
			},
			remember: async (changed) => {
				await device.remember(changed);
				this.#board.changed('devices');
			},
		};
	}

	#standing() {
		const { record, ended } = this.#stay.device;
		return {
			phase: this.#phase(),
			account: record?.account ?? null,
			unlocks: record?.unlocks ?? [],
			handleKnown: (record?.handle ?? null) !== null,
			waiting: this.#forum?.waiting ?? 0,
			ended,
		};
	}

	#phase(): Phase {
		if (this.#forum) return 'open';
		return this.#stay.device.record ? 'locked' : 'new';
	}
}
