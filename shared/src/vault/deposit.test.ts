import { beforeAll, describe, expect, test } from 'vitest';
import { idOf, SHORT_ID_LENGTH, type OrganisationId } from '../bytes/ids.ts';
import { personNamed, type Person } from '../testing/person.ts';
import { refusalOf } from '../testing/refusal.ts';
import { recoveryKey } from '../chain/recovery.ts';
import { makeDeposit, openDeposit, passOnShare, type ApprovedDeposit, type Deposit } from './deposit.ts';

const organisationOf = (person: Person) => idOf<OrganisationId>(person.random(SHORT_ID_LENGTH));

let bob: Person;
let alice: Person;
let anna: Person;
let carol: Person;
let phone: Person;
let host: OrganisationId;
let partner: OrganisationId;
let root: Uint8Array;
let deposit: Deposit;

beforeAll(async () => {
	bob = await personNamed('Bob');
	alice = await personNamed('Alice');
	anna = await personNamed('Anna');
	carol = await personNamed('Carol');
	phone = await personNamed('Phone');
	[host, partner] = [organisationOf(alice), organisationOf(carol)];
	root = bob.random(19);
	deposit = await deposited();
});

const holder = (person: Person, organisation: OrganisationId) => ({
	organisation,
	coordinator: person.account,
	publicKey: person.userKey.publicKey,
});
const deposited = () => makeDeposit(bob.account, root, [holder(alice, host), holder(anna, host), holder(carol, partner)], bob.random);
const keyOf = (person: Person) => recoveryKey(bob.account, person.userKey.publicKey, person.device.publicKey);

/** What `approver`'s program hands on to whoever holds `to`'s key. */
async function passedOn(approver: Person, to: Person = phone, from: Deposit = deposit, account = bob.account) {
	const share = from.shares.find(({ coordinator }) => coordinator === approver.account)!;
	const target = { key: keyOf(to), publicKey: to.userKey.publicKey };
	const bytes = await passOnShare(account, from.id, share, [approver.userKey.seed], target);
	return { organisation: share.organisation, bytes };
}

const opening = (shares: ApprovedDeposit['shares'], with_: Person = phone, from: Deposit = deposit) =>
	openDeposit(bob.account, { deposit: from.id, box: from.box, shares }, { key: keyOf(with_), seed: with_.userKey.seed });

describe('what Bob leaves with the coordinators', () => {
	test('opens with the shares of two organisations', async () => {
		expect(await opening([await passedOn(alice), await passedOn(carol)])).toEqual(root);
		expect(await opening([await passedOn(carol), await passedOn(anna)])).toEqual(root);
	});

	test('does not open with one share, nor with two of the same organisation: they are the same', async () => {
		expect(await refusalOf(opening([await passedOn(alice)]))).toBe('wrong-key');
		expect(await refusalOf(opening([await passedOn(alice), await passedOn(anna)]))).toBe('wrong-key');
	});

	test('does not open with shares of two deposits', async () => {
		const earlier = await deposited();
		const shares = [await passedOn(alice), await passedOn(carol, phone, earlier)];
		expect(await refusalOf(opening(shares))).toBe('wrong-key');
	});

	test('opens for the approved key only', async () => {
		const server = await personNamed('Server');
		const shares = [await passedOn(alice), await passedOn(carol)];
		expect(await refusalOf(opening(shares, server))).toBe('wrong-key');
		expect(await refusalOf(opening([...shares.slice(1), await passedOn(alice, server)]))).toBe('wrong-key');
	});

	test('is another box under another share: a changed box is refused', async () => {
		const changed = { ...deposit, box: deposit.box.with(20, (deposit.box[20] ?? 0) ^ 1) };
		expect(await refusalOf(opening([await passedOn(alice), await passedOn(carol)], phone, changed))).toBe('tampered');
	});

	test('is passed on for the account it belongs to, and by the coordinator it was left with', async () => {
		expect(await refusalOf(passedOn(alice, phone, deposit, carol.account))).toBe('wrong-key');
		const stolen = { ...deposit, shares: deposit.shares.map((share) => ({ ...share, coordinator: anna.account })) };
		expect(await refusalOf(passedOn(anna, phone, stolen))).toBe('wrong-key');
	});

	test('is still passed on after the coordinator renewed the encryption key', async () => {
		const share = deposit.shares.find(({ coordinator }) => coordinator === alice.account)!;
		const seeds = [alice.userKey.seed, alice.random(32)];
		const target = { key: keyOf(phone), publicKey: phone.userKey.publicKey };
		const bytes = await passOnShare(bob.account, deposit.id, share, seeds, target);
		expect(await opening([{ organisation: host, bytes }, await passedOn(carol)])).toEqual(root);
	});

	test('needs two organisations', async () => {
		const alone = makeDeposit(bob.account, root, [holder(alice, host), holder(anna, host)], bob.random);
		expect(await refusalOf(alone)).toBe('recovery-takes-two-organisations');
	});
});

test('the key that is compared names the account and both public keys', () => {
	const keys = [
		keyOf(phone),
		recoveryKey(alice.account, phone.userKey.publicKey, phone.device.publicKey),
		recoveryKey(bob.account, alice.userKey.publicKey, phone.device.publicKey),
		recoveryKey(bob.account, phone.userKey.publicKey, alice.device.publicKey),
	];
	expect(new Set(keys).size).toBe(keys.length);
});
