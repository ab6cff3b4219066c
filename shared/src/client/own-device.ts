import { readDevice, writeDevice, type DeviceRecord } from './device.ts';
import type { Store } from './ports.ts';
import type { Status } from './types.ts';

/** Why nothing is here any more. */
const ENDED = 'ended';

/** What this browser keeps between visits of whose it is, and why that has come to an end. */
export class OwnDevice {
	#record: DeviceRecord | null = null;
	#ended: Status['ended'];
	readonly #store: Store;

	/** @param ended why what was here before is no longer */
	constructor(store: Store, ended: Status['ended']) {
		this.#store = store;
		this.#ended = ended;
	}

	get record(): DeviceRecord | null {
		return this.#record;
	}

	get ended(): Status['ended'] {
		return this.#ended;
	}

	async load(): Promise<void> {
		this.#record = (await readDevice(this.#store)) ?? null;
		this.#ended = (await this.#store.get<Status['ended']>('notes', ENDED)) ?? null;
	}

	/** As it is kept: another tab, or the keys, may have noted more than what was read here. */
	async kept(): Promise<DeviceRecord | null> {
		return (await readDevice(this.#store)) ?? null;
	}

	/** The keys note in the store which vault they have seen: that never goes back. */
	async remember(device: DeviceRecord): Promise<void> {
		const kept = await readDevice(this.#store);
		const seen = kept?.account === device.account ? kept.vaultVersion : 0;
		this.#record = { ...device, vaultVersion: Math.max(device.vaultVersion, seen) };
		await writeDevice(this.#store, this.#record);
	}

	/** An account is opened here: whatever ended before is over. */
	async begin(device: DeviceRecord): Promise<void> {
		this.#ended = null;
		await this.#store.write([{ bucket: 'notes', key: ENDED, value: undefined }]);
		await this.remember(device);
	}

	/** The login name has to be given again. */
	async forgetHandle(): Promise<void> {
		if (this.#record) await this.remember({ ...this.#record, handle: null });
	}

	/** It is over for good. */
	end(why: NonNullable<Status['ended']>): void {
		this.#ended = why;
	}

	/** Notes why it is over: the only thing that stays of an account. */
	async keepEnd(): Promise<void> {
		await this.#store.write([{ bucket: 'notes', key: ENDED, value: this.#ended }]);
	}
}
