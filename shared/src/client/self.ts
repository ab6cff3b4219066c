import { accounts, session } from '../api/index.ts';
import type { DeviceId } from '../bytes/ids.ts';
import { Problem } from '../problem.ts';
import { withEntry } from '../vault/content.ts';
import { removeMethod } from '../vault/vault.ts';
import { methodName, storeCredential } from './accounts.ts';
import type { SelfActions } from './actions.ts';
import { makeCredential, makePassphrase } from './credentials.ts';
import type { DeviceRecord } from './device.ts';
import { isRevoked, readAcknowledged, revokeAndRenew, withDevice, writeAcknowledged } from './devices.ts';
import type { Membership } from './membership.ts';
import type { Renewals } from './renewals.ts';
import type { NewSecret, OnProgress, SessionView, UnlockView } from './types.ts';

const silent: OnProgress = () => undefined;

/** What this needs of the open forum and of the device. */
export interface OwnForum extends Membership {
	readonly renewals: Renewals;
	inTurn<T>(work: () => Promise<T>): Promise<T>;
	changed(): Promise<void>;
	rename(name: string): Promise<void>;
	readonly device: {
		readonly record: DeviceRecord;
		remember(record: DeviceRecord): Promise<void>;
	};
}

/** What a person does about the own account. */
export class Self implements SelfActions {
	/** Browsers that the person said to be theirs, here. */
	acknowledged: ReadonlySet<string> = new Set();
	readonly #forum: OwnForum;

	constructor(forum: OwnForum) {
		this.#forum = forum;
	}

	async load(): Promise<void> {
		this.acknowledged = await readAcknowledged(this.#forum.ports);
	}

	/** Ways to unlock, as the vault has them. */
	get unlocks(): readonly UnlockView[] {
		const { vault, content } = this.#forum.keys;
		return vault.methods.flatMap(({ kind, id }): UnlockView[] => {
			if (kind === 'sheet') return [];
			const note = content.methods[methodName({ kind, id })];
			return [{ kind, id, label: note?.label || null, device: (note?.device as DeviceId) ?? null, since: note?.since ?? null }];
		});
	}

	async nameDevice(device: DeviceId, name: string): Promise<void> {
		await this.#forum.keys.update((content) => withDevice(content, device, { name: name.trim() }));
		await this.#forum.changed();
	}

	async acknowledgeDevice(device: DeviceId): Promise<void> {
		this.acknowledged = new Set([...this.acknowledged, device]);
		await writeAcknowledged(this.#forum.ports, this.acknowledged);
		await this.#forum.changed();
	}

	async revokeDevice(device: DeviceId, onProgress = silent): Promise<void> {
		const { keys, chains, renewals } = this.#forum;
		if (device === keys.device) throw new Problem('not-allowed', { rule: 'own-device-is-erased-not-revoked' });
		const log = chains.world.users.get(keys.account);
		if (!log?.devices.has(device) || isRevoked(log, device)) throw new Problem('not-found');
		await this.#forum.inTurn(async () => {
			onProgress({ step: 'keys', done: 0, total: 0 });
			await revokeAndRenew(this.#forum, device);
			await this.#removePasskeysOf(device);
			await renewals.renewAll(onProgress);
		});
		await this.#forum.changed();
	}

	async sessions(): Promise<readonly SessionView[]> {
		const { ports, keys } = this.#forum;
		return (await ports.transport.call(session.list, { params: {}, request: {}, prove: keys.prove })).sessions;
	}

	async endSession(id: string): Promise<void> {
		const { ports, keys } = this.#forum;
		await ports.transport.call(session.endOne, { params: {}, request: { id }, prove: keys.prove });
	}

	async addUnlock(secret: NewSecret, label: string, onProgress = silent): Promise<void> {
		const { ports, keys, device } = this.#forum;
		const { record } = device;
		const made = await makeCredential(ports, record.forum, secret, record.accountSecret, onProgress);
		await storeCredential(ports, keys, made, label.trim());
		const unlocks = [...new Set([...record.unlocks, made.kind])];
		const { handle, serverKey } = made.kind === 'passphrase' ? made : record;
		await device.remember({ ...device.record, unlocks, handle, serverKey });
		await this.#forum.changed();
	}

	async removeUnlock({ kind, id }: Pick<UnlockView, 'kind' | 'id'>): Promise<void> {
		if (this.unlocks.length <= 1) throw new Problem('last-way');
		await this.#removeMethod(kind, id);
		const { device } = this.#forum;
		const unlocks = device.record.unlocks.filter((each) => this.unlocks.some((unlock) => unlock.kind === each));
		await device.remember({ ...device.record, unlocks, handle: id === device.record.handle ? null : device.record.handle });
		await this.#forum.changed();
	}

	async changePassphrase(passphrase: string, onProgress = silent): Promise<void> {
		const { ports, keys, device } = this.#forum;
		const { handle, accountSecret } = device.record;
		const known = this.unlocks.find((unlock) => unlock.kind === 'passphrase' && (handle === null || unlock.id === handle));
		if (!known) throw new Problem('not-found');
		const made = await makePassphrase(ports, { handle: known.id, passphrase }, accountSecret, onProgress);
		await storeCredential(ports, keys, made, known.label ?? '');
		await device.remember({ ...device.record, serverKey: made.serverKey, handle: made.handle });
		await this.#forum.changed();
	}

	rename(name: string): Promise<void> {
		return this.#forum.rename(name.trim());
	}

	/** A passkey that was made on a lost device may be in the hands of whoever has it; one way at least stays. */
	async #removePasskeysOf(device: DeviceId): Promise<void> {
		for (const { kind, id } of this.unlocks.filter((unlock) => unlock.kind === 'passkey' && unlock.device === device)) {
			if (this.unlocks.length > 1) await this.#removeMethod(kind, id);
		}
	}

	async #removeMethod(kind: UnlockView['kind'], id: string): Promise<void> {
		const { ports, keys } = this.#forum;
		await keys.replaceWith(
			(vault) => {
				const rest = removeMethod(vault, kind, id);
				return { ...rest, content: withEntry(rest.content, 'methods', methodName({ kind, id }), null) };
			},
			(vault) => ports.transport.call(accounts.removeCredential, { params: {}, request: { kind, id, vault }, prove: keys.prove }),
		);
	}
}
