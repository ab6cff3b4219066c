import { forum as forumApi } from '../api/index.ts';
import type { ChainId } from '../bytes/ids.ts';
import { isProblem, Problem } from '../problem.ts';
import { addCredential, openOnNewDevice, rootFrom, signInWithRoot, unlock, type OpenedAccount } from './accounts.ts';
import { signInWithPasskey } from './credentials.ts';
import { loadOpenForum, type DeviceLife } from './device-life.ts';
import type { Ports } from './ports.ts';
import type { JoinInput } from './registration.ts';
import type { Stay } from './stay.ts';
import type { EnrolmentSource, KnownSecret, NewSecret, OnProgress, RecoveryProgress, SetupInput } from './types.ts';

/** What a visitor to the first page does not need comes when it is needed. */
const loadRegistration = () => import('./registration.ts');
const loadRecovery = () => import('./recovery-request.ts');

/** The ways in: each finds or makes an account, and hands it to the device's life to be opened. */
export class Entry {
	readonly #life: DeviceLife;

	constructor(life: DeviceLife) {
		this.#life = life;
	}

	/** Makes a forum, and tells what it, its first space and its host are called. */
	async setup(input: SetupInput, onProgress: OnProgress): Promise<void> {
		const stay = this.#newStay();
		const { foundForum } = await loadRegistration();
		const founded = await foundForum(stay.ports, input, onProgress);
		const { coordination } = await this.#life.open(founded, stay);
		await coordination.describe(founded.space, { title: input.space, forum: input.forum });
		await coordination.nameOrganisation(founded.space, founded.host, input.host);
	}

	async join(input: JoinInput, onProgress: OnProgress): Promise<void> {
		const stay = this.#newStay();
		const { joinForum } = await loadRegistration();
		const opened = (await resume(stay, input.secret, onProgress)) ?? (await joinForum(stay.ports, input, onProgress));
		await this.#life.open(opened, stay);
	}

	async signIn(secret: KnownSecret, onProgress: OnProgress, readable?: () => void): Promise<void> {
		void loadOpenForum().catch(() => undefined);
		const { stay } = this.#life;
		const { ports, device } = stay;
		if (device.record) {
			const kept = (await device.kept()) ?? device.record;
			await this.#life.open(await unlock(ports, kept, secret, onProgress), stay, readable);
			return;
		}
		if (secret.kind !== 'passkey') throw new Problem('not-allowed', { rule: 'device-is-enrolled' });
		const forum = await readForumId(ports);
		await this.#addDevice(await openOnNewDevice(ports, forum, await signInWithPasskey(ports, forum, onProgress)), stay);
	}

	async enrol({ from, secret }: { from: EnrolmentSource; secret: NewSecret }, onProgress: OnProgress): Promise<void> {
		const stay = this.#newStay();
		const { ports } = stay;
		const recovery = 'recovery' in from ? await loadRecovery() : null;
		const root = 'recovery' in from ? await recovery?.recoveredRoot(ports) : await rootFrom(ports, from);
		if (!root) throw new Problem('code-mismatch');
		onProgress({ step: 'keys', done: 0, total: 0 });
		const signedIn = await signInWithRoot(ports, root);
		await this.#addDevice(await openOnNewDevice(ports, await readForumId(ports), signedIn), stay, { secret, onProgress });
		await recovery?.endRecovery(ports);
	}

	async beginRecovery(fragment: string): Promise<RecoveryProgress> {
		const { ports } = this.#newStay();
		const { beginRecovery } = await loadRecovery();
		return beginRecovery(ports, await readForumId(ports), fragment);
	}

	async pollRecovery(): Promise<RecoveryProgress | null> {
		return (await loadRecovery()).pollRecovery(this.#life.stay.ports);
	}

	async abandonRecovery(): Promise<void> {
		return (await loadRecovery()).endRecovery(this.#life.stay.ports);
	}

	/** @throws Problem `not-allowed` when there is an account on this device */
	#newStay(): Stay {
		const { stay } = this.#life;
		if (stay.device.record) throw new Problem('not-allowed', { rule: 'one-account-on-a-device' });
		return stay;
	}

	/** Puts a new browser into the user log, gives it a way to unlock, and keeps it. */
	async #addDevice(opened: OpenedAccount, stay: Stay, own?: { secret: NewSecret; onProgress: OnProgress }): Promise<void> {
		const forum = await this.#life.unfold(opened, stay);
		await forum.chains.synchronise();
		await forum.addDevice();
		const device = own ? await addCredential(stay.ports, opened, own.secret, own.onProgress) : opened.device;
		await this.#life.open({ ...opened, device }, stay);
	}
}

/** An account of which it was not certain whether the server has it: opened if it does, forgotten if not. */
async function resume({ ports, device }: Stay, secret: NewSecret, onProgress: OnProgress): Promise<OpenedAccount | null> {
	const kept = await device.kept();
	if (!kept) return null;
	try {
		return await unlock(ports, kept, secret, onProgress);
	} catch (error) {
		if (!isProblem(error, 'sign-in-failed')) throw error;
		await ports.store.clear('device');
		return null;
	}
}

async function readForumId({ transport }: Ports): Promise<ChainId> {
	const { forum } = await transport.call(forumApi.read, { params: {}, request: {} });
	if (forum === null) throw new Problem('sign-in-failed');
	return forum as string as ChainId;
}
