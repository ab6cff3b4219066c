import { recoveries } from '../api/index.ts';
import { idBytes, type AccountId, type Hash, type OrganisationId } from '../bytes/ids.ts';
import type { Directory } from '../chain/directory.ts';
import { recoveryAttempt, recoveryKey } from '../chain/recovery.ts';
import { keyAt } from '../chain/user-log.ts';
import type { World } from '../chain/world.ts';
import { isProblem, Problem } from '../problem.ts';
import { makeDeposit, passOnShare, type DepositedShare, type ShareHolder } from '../vault/deposit.ts';
import type { RecoveryActions } from './actions.ts';
import type { Stage } from './chains.ts';
import { forumOf, signerOf, type Membership } from './membership.ts';
import { publicKeys } from './public-keys.ts';
import { recoveryFragment } from './recovery-request.ts';
import { recoveryWords } from './words.ts';

/** What recovery needs of the open forum. */
export interface RecoveringForum extends Membership {
	inTurn<T>(work: () => Promise<T>): Promise<T>;
	changed(): Promise<void>;
}

/** A request as the server shows it, with what this device worked out of it. */
export interface KnownRequest {
	readonly key: Hash;
	readonly account: AccountId;
	readonly publicKey: Uint8Array;
	/** Seconds since 1970. */
	readonly expires: number;
	readonly words: readonly number[];
	readonly deposited: boolean;
	readonly share: { readonly deposit: string; readonly organisation: OrganisationId; readonly bytes: Uint8Array } | null;
}

/** Coordinators who would hold a share of this account's deposit: everybody but oneself. */
export function holdersOf(directory: Directory, self: AccountId): readonly { account: AccountId; organisation: OrganisationId }[] {
	return [...directory.coordinators]
		.filter((account) => account !== self)
		.flatMap((account) => {
			const organisation = directory.accounts.get(account)?.organisation;
			return organisation ? [{ account, organisation }] : [];
		});
}

/** Two organisations with a coordinator, oneself not counted. */
export const canDeposit = (directory: Directory, self: AccountId): boolean =>
	new Set(holdersOf(directory, self).map(({ organisation }) => organisation)).size > 1;

/** Recovery by two: what a member leaves for it, and what coordinators do when somebody asks. */
export class Recovery implements RecoveryActions {
	/** Open requests: all of them for a coordinator, for everybody else those about the own account. */
	requests: readonly KnownRequest[] = [];
	readonly #forum: RecoveringForum;

	constructor(forum: RecoveringForum) {
		this.#forum = forum;
	}

	async enable(): Promise<void> {
		await this.#forum.inTurn(() => this.#deposit());
		await this.#forum.changed();
	}

	async disable(): Promise<void> {
		const { ports, keys } = this.#forum;
		await this.#forum.inTurn(async () => {
			await ports.transport.call(recoveries.withdraw, { params: {}, request: {}, prove: keys.prove });
			await keys.update((content) => ({ ...content, recovery: null }));
		});
		await this.look();
	}

	link(account: AccountId): string {
		return recoveryFragment(forumOf(this.#forum.chains.world).id, account);
	}

	async look(): Promise<void> {
		const { ports, chains } = this.#forum;
		const { requests } = await ports.transport.call(recoveries.list, { params: {}, request: {} });
		const forum = forumOf(chains.world).id;
		const known = new Map(this.requests.map((request) => [request.key, request]));
		this.requests = await Promise.all(
			requests.map(async ({ signingKey, ...request }) => {
				// Worked out here from the keys that were served: what is compared is what would be approved.
				const key = recoveryKey(request.account, request.publicKey, signingKey);
				const words = known.get(key)?.words ?? (await recoveryWords(forum, request.account, key));
				return { ...request, key, words };
			}),
		);
		await this.#forum.changed();
	}

	async approve(key: Hash): Promise<void> {
		const request = this.#request(key);
		if (!request.share) throw new Problem('not-allowed', { rule: 'recovery-share-is-there' });
		const share = await this.#passOn(request, request.share);
		await this.#forum.inTurn(() => this.#commit('recovery.approve', request, async () => ({ wraps: [], publicKeys: [], share })));
		await this.look();
	}

	async refuse(account: AccountId, key: Hash): Promise<void> {
		const { chains, ports } = this.#forum;
		if (recoveryAttempt(forumOf(chains.world), account, key)) {
			await this.#forum.inTurn(() => this.#commit('recovery.refuse', { account, key }, async () => ({ wraps: [], publicKeys: [] })));
		} else {
			await ports.transport.call(recoveries.dismiss, { params: {}, request: { id: key } });
		}
		await this.look();
	}

	/** At every catch-up: deposits anew when coordinators or their keys changed, and looks for requests. */
	async keepUp(): Promise<void> {
		const { keys, chains } = this.#forum;
		const { directory } = chains.world;
		if (!directory) return;
		const { recovery } = keys.content;
		if (recovery && canDeposit(directory, keys.account) && !isSame(recovery.holders, keysOfHolders(chains.world, keys.account))) {
			// Somebody approved a request that relies on the deposit: it stays until that is settled.
			await this.#deposit().catch((error: unknown) => {
				if (!isProblem(error, 'stale')) throw error;
			});
		}
		if (recovery || directory.coordinators.has(keys.account)) await this.look();
	}

	async #deposit(): Promise<void> {
		const { ports, keys, chains } = this.#forum;
		const wanted = keysOfHolders(chains.world, keys.account);
		const served = await publicKeys(ports, Object.values(wanted));
		const holders = holdersOf(forumOf(chains.world), keys.account).flatMap(({ account, organisation }): ShareHolder[] => {
			const publicKey = served.get(wanted[account] as Hash);
			return publicKey ? [{ organisation, coordinator: account, publicKey }] : [];
		});
		const { id, box, shares } = await makeDeposit(keys.account, keys.content.root, holders, ports.random);
		const request = { id, box, shares: shares.map((share) => ({ ...share })) };
		await ports.transport.call(recoveries.deposit, { params: {}, request, prove: keys.prove });
		const since = Math.floor(ports.now() / 1000);
		await keys.update((content) => ({ ...content, recovery: { deposit: id, since, holders: wanted } }));
	}

	#request(key: Hash): KnownRequest {
		const request = this.requests.find((known) => known.key === key);
		if (!request) throw new Problem('not-found');
		return request;
	}

	#passOn({ account, key, publicKey }: KnownRequest, share: NonNullable<KnownRequest['share']>) {
		const { keys } = this.#forum;
		const deposited: DepositedShare = {
			organisation: share.organisation,
			coordinator: keys.account,
			bytes: new Uint8Array(share.bytes),
		};
		return passOnShare(account, share.deposit, deposited, keys.content.userKeys, { key, publicKey });
	}

	async #commit(
		type: 'recovery.approve' | 'recovery.refuse',
		{ account, key }: Pick<KnownRequest, 'account' | 'key'>,
		rest: Parameters<Membership['chains']['commit']>[1],
	): Promise<void> {
		await this.#forum.chains.commit(signerOf(this.#forum), async (stage: Stage) => {
			const chain = forumOf(stage.world).id;
			await stage.add({ kind: 'directory', chain, type, body: { account: idBytes(account), key: idBytes(key) } });
			return rest(stage);
		});
	}
}

type HolderKeys = Readonly<Record<string, string>>;

/** For each holder the hash of the encryption key that the share is wrapped to. */
function keysOfHolders(world: World, self: AccountId): Record<AccountId, Hash> {
	const holders = world.directory ? holdersOf(world.directory, self) : [];
	return Object.fromEntries(
		holders.flatMap(({ account }) => {
			const log = world.users.get(account);
			return log ? [[account, keyAt(log)]] : [];
		}),
	);
}

const isSame = (a: HolderKeys, b: HolderKeys): boolean =>
	Object.keys(a).length === Object.keys(b).length && Object.entries(a).every(([account, key]) => b[account] === key);
