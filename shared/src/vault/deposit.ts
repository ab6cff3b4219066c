import { combine, split } from 'shamir-secret-sharing';
import { concatBytes, type Bytes } from '../bytes/bytes.ts';
import { idBytes, idOf, SHORT_ID_LENGTH, type AccountId, type Hash, type OrganisationId } from '../bytes/ids.ts';
import { importSealingKey, open, seal } from '../crypto/seal.ts';
import { unwrap, wrap } from '../crypto/wrap.ts';
import { Problem } from '../problem.ts';

const THRESHOLD = 2;
/** Shamir's scheme over GF(2⁸) has so many places. */
const MOST_ORGANISATIONS = 255;
const KEY_LENGTH = 32;

/** Somebody who is given the share of an organisation. */
export interface ShareHolder {
	readonly organisation: OrganisationId;
	readonly coordinator: AccountId;
	readonly publicKey: Uint8Array;
}

/** An organisation's share, for one of its coordinators' eyes. */
export interface DepositedShare {
	readonly organisation: OrganisationId;
	readonly coordinator: AccountId;
	readonly bytes: Bytes;
}

/** What a person leaves so that two organisations together can bring the account back. Opaque to the server. */
export interface Deposit {
	/** 16 random bytes. */
	readonly id: string;
	readonly box: Bytes;
	readonly shares: readonly DepositedShare[];
}

/**
 * Seals the root secret under a random key and splits that key, one share for each organisation: coordinators of
 * the same organisation hold the same share, so two of them know no more than one.
 * @throws Problem `not-allowed` when the holders are of fewer than two organisations
 */
export async function makeDeposit(
	account: AccountId,
	root: Uint8Array,
	holders: readonly ShareHolder[],
	random: (length: number) => Bytes,
): Promise<Deposit> {
	const organisations = [...new Set(holders.map(({ organisation }) => organisation))].slice(0, MOST_ORGANISATIONS);
	if (organisations.length < THRESHOLD) throw new Problem('not-allowed', { rule: 'recovery-takes-two-organisations' });
	const id = idOf(random(SHORT_ID_LENGTH));
	const key = random(KEY_LENGTH);
	const box = await seal(await importSealingKey(key), 'recovery-box', root, boxContext(account, id), random);
	const byOrganisation = await splitKey(key, organisations);
	const shares: DepositedShare[] = [];
	for (const holder of holders) {
		const share = byOrganisation.get(holder.organisation);
		if (share) shares.push(await shareFor(account, id, holder, share));
	}
	return { id, box, shares };
}

async function splitKey(key: Bytes, organisations: readonly OrganisationId[]): Promise<ReadonlyMap<OrganisationId, Uint8Array>> {
	const shares = await split(key, organisations.length, THRESHOLD);
	return new Map(organisations.map((organisation, place) => [organisation, shares[place] ?? new Uint8Array()]));
}

async function shareFor(
	account: AccountId,
	deposit: string,
	{ organisation, coordinator, publicKey }: ShareHolder,
	share: Uint8Array,
): Promise<DepositedShare> {
	const context = holderContext(account, deposit, organisation, coordinator);
	return { organisation, coordinator, bytes: await wrap(publicKey, 'recovery-share', share, context) };
}

/**
 * A coordinator's share of somebody's deposit, opened and wrapped to the one key that was approved.
 * @param seeds the coordinator's encryption keys, the newest last
 * @throws Problem `wrong-key` when it is a share of something else or for somebody else
 */
export async function passOnShare(
	account: AccountId,
	deposit: string,
	share: DepositedShare,
	seeds: readonly Uint8Array[],
	to: { readonly key: Hash; readonly publicKey: Uint8Array },
): Promise<Bytes> {
	const context = holderContext(account, deposit, share.organisation, share.coordinator);
	for (const seed of seeds.toReversed()) {
		const opened = await unwrap(seed, 'recovery-share', share.bytes, context).catch(() => null);
		if (opened) return wrap(to.publicKey, 'recovery-approval', opened, approvalContext(account, deposit, share.organisation, to.key));
	}
	throw new Problem('wrong-key');
}

/** What the server hands to whoever asked, once two organisations approved. */
export interface ApprovedDeposit {
	readonly deposit: string;
	readonly box: Uint8Array;
	readonly shares: readonly { readonly organisation: OrganisationId; readonly bytes: Uint8Array }[];
}

/**
 * The root secret from two shares. Whose root it is, the caller has to check.
 * @throws Problem `wrong-key` when the shares are not of two organisations or not for this key, `tampered`
 */
export async function openDeposit(
	account: AccountId,
	{ deposit, box, shares }: ApprovedDeposit,
	own: { readonly key: Hash; readonly seed: Uint8Array },
): Promise<Bytes> {
	const opened = await Promise.all(
		shares.map(({ organisation, bytes }) =>
			unwrap(own.seed, 'recovery-approval', bytes, approvalContext(account, deposit, organisation, own.key)),
		),
	);
	const key = await combine(opened).catch(() => {
		throw new Problem('wrong-key');
	});
	return open(await importSealingKey(key), 'recovery-box', box, boxContext(account, deposit));
}

const depositBytes = (deposit: string): Bytes => idBytes(deposit, SHORT_ID_LENGTH);
const organisationBytes = (organisation: OrganisationId): Bytes => idBytes(organisation, SHORT_ID_LENGTH);

const boxContext = (account: AccountId, deposit: string): Bytes => concatBytes(idBytes(account), depositBytes(deposit));

const holderContext = (account: AccountId, deposit: string, organisation: OrganisationId, coordinator: AccountId): Bytes =>
	concatBytes(boxContext(account, deposit), organisationBytes(organisation), idBytes(coordinator));

const approvalContext = (account: AccountId, deposit: string, organisation: OrganisationId, key: Hash): Bytes =>
	concatBytes(boxContext(account, deposit), organisationBytes(organisation), idBytes(key));
