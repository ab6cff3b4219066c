import { recoveries } from '../api/index.ts';
import type { Bytes } from '../bytes/bytes.ts';
import { idBytes, idOf, type AccountId, type ChainId, type Hash } from '../bytes/ids.ts';
import { RECOVERY_SECONDS, recoveryKey } from '../chain/recovery.ts';
import { accountOf } from '../chain/user-log.ts';
import { derive } from '../crypto/derive.ts';
import { sign, signingKeyFromSeed, type SigningKey } from '../crypto/sign.ts';
import { kemKeyFromSeed, type KemKey } from '../crypto/wrap.ts';
import { isProblem, Problem } from '../problem.ts';
import { openDeposit, type ApprovedDeposit } from '../vault/deposit.ts';
import type { Ports } from './ports.ts';
import type { RecoveryProgress } from './types.ts';
import { recoveryWords } from './words.ts';

const PREFIX = 'recover';
const NOTE = 'recovery';
/** A request may have been pushed out by others: it is sent again this often. */
const ASK_AGAIN_SECONDS = 10 * 60;
const HOUR = 60 * 60;

/** What a device that knows nothing keeps while it waits. */
interface Waiting {
	readonly forum: ChainId;
	readonly account: AccountId;
	/** Both key pairs come from it. */
	readonly secret: Bytes;
	/** Seconds since 1970. */
	readonly since: number;
	readonly asked: number;
}

interface RequestKeys {
	readonly key: Hash;
	readonly kem: KemKey;
	readonly signing: SigningKey;
}

/** What a coordinator gives to somebody who lost every device. Not a secret: it names, it opens nothing. */
export const recoveryFragment = (forum: ChainId, account: AccountId): string => [PREFIX, forum, account].join('.');

/** True for the fragment of a recovery link. */
export const isRecoveryFragment = (fragment: string): boolean => fragment.replace(/^#/, '').startsWith(`${PREFIX}.`);

/** @throws Problem `not-found` for a link of another forum, or no such link */
function readFragment(fragment: string, forum: ChainId): AccountId {
	const [prefix, named, account, ...rest] = fragment.replace(/^#/, '').split('.', 5);
	try {
		if (prefix !== PREFIX || named !== forum || !account || rest.length > 0) throw new Problem('not-found');
		return idOf<AccountId>(idBytes(account));
	} catch {
		throw new Problem('not-found');
	}
}

/** Begins to wait, or goes on waiting where a reload or a dead phone interrupted it. */
export async function beginRecovery(ports: Ports, forum: ChainId, fragment: string): Promise<RecoveryProgress> {
	const account = readFragment(fragment, forum);
	const kept = await readWaiting(ports);
	const goesOn = kept?.forum === forum && kept.account === account && endOf(kept) > secondsOf(ports);
	const waiting = goesOn ? kept : { forum, account, secret: ports.random(32), since: secondsOf(ports), asked: 0 };
	await keep(ports, waiting);
	return progressOf(ports, waiting, await keysOf(waiting), { approvals: 0, approved: null });
}

/** Asks where that is due, and looks how far it is. `null` when nothing was begun on this device. */
export async function pollRecovery(ports: Ports): Promise<RecoveryProgress | null> {
	const waiting = await readWaiting(ports);
	if (!waiting) return null;
	const keys = await keysOf(waiting);
	if (endOf(waiting) <= secondsOf(ports)) return progressOf(ports, waiting, keys, { approvals: 0, approved: null });
	await askWhenDue(ports, waiting, keys);
	return progressOf(ports, waiting, keys, await collect(ports, keys));
}

/**
 * The root secret that two organisations gave back together. Nothing of what the server says about approvals is
 * believed: without both shares there is no key, and with a false box it is not the root of this account.
 * @throws Problem `not-found` (not approved yet), `tampered`, `offline`
 */
export async function recoveredRoot(ports: Ports): Promise<Bytes> {
	const waiting = await readWaiting(ports);
	if (!waiting) throw new Problem('not-found');
	const keys = await keysOf(waiting);
	const { approved } = await collect(ports, keys);
	if (!approved) throw new Problem('not-found');
	return rootOf(waiting.account, approved, keys);
}

async function rootOf(account: AccountId, approved: ApprovedDeposit, { key, kem }: RequestKeys): Promise<Bytes> {
	try {
		const root = await openDeposit(account, approved, { key, seed: kem.seed });
		const identity = await signingKeyFromSeed(await derive(root, 'identity-key'));
		if (accountOf(identity.publicKey) === account) return root;
	} catch (error) {
		if (!isProblem(error)) throw error;
	}
	throw new Problem('tampered', { rule: 'recovery-opens-the-account' });
}

/** Forgets the request here and, as far as there is a line, on the server. */
export async function endRecovery(ports: Ports): Promise<void> {
	const waiting = await readWaiting(ports);
	if (!waiting) return;
	const { key, signing } = await keysOf(waiting);
	await ports.store.write([{ bucket: 'notes', key: NOTE, value: undefined }]);
	const signature = await sign(signing, 'recovery-end', idBytes(key));
	await ports.transport.call(recoveries.end, { params: {}, request: { id: key, signature } }).catch(() => undefined);
}

async function askWhenDue(ports: Ports, waiting: Waiting, { kem, signing }: RequestKeys): Promise<void> {
	if (secondsOf(ports) - waiting.asked < ASK_AGAIN_SECONDS) return;
	const request = { account: waiting.account, publicKey: kem.publicKey, signingKey: signing.publicKey };
	await ports.transport.call(recoveries.ask, { params: {}, request });
	await keep(ports, { ...waiting, asked: secondsOf(ports) });
}

interface Collected {
	readonly approvals: number;
	readonly approved: ApprovedDeposit | null;
}

async function collect(ports: Ports, { key, signing }: RequestKeys): Promise<Collected> {
	const signature = await sign(signing, 'recovery-collect', idBytes(key));
	return ports.transport.call(recoveries.collect, { params: {}, request: { id: key, signature } });
}

async function keysOf({ account, secret }: Waiting): Promise<RequestKeys> {
	const kem = await kemKeyFromSeed(await derive(secret, 'recovery-kem'));
	const signing = await signingKeyFromSeed(await derive(secret, 'recovery-signing'));
	return { kem, signing, key: recoveryKey(account, kem.publicKey, signing.publicKey) };
}

async function progressOf(
	ports: Ports,
	waiting: Waiting,
	keys: RequestKeys,
	{ approvals, approved }: Collected,
): Promise<RecoveryProgress> {
	if (approved) await rootOf(waiting.account, approved, keys);
	const over = endOf(waiting) <= secondsOf(ports);
	return {
		words: await wordsFor(waiting, keys.key),
		expires: endOf(waiting),
		approvals,
		state: over ? 'expired' : approved ? 'ready' : 'waiting',
	};
}

/** Slow to work out, so kept for as long as the page lives. */
const knownWords = new Map<Hash, Promise<readonly number[]>>();

function wordsFor({ forum, account }: Waiting, key: Hash): Promise<readonly number[]> {
	const words = knownWords.get(key) ?? recoveryWords(forum, account, key);
	knownWords.set(key, words);
	return words;
}

const secondsOf = (ports: Ports): number => Math.floor(ports.now() / 1000);
/** Rounded down to the hour, as the server does. */
const endOf = ({ since }: Waiting): number => Math.floor((since + RECOVERY_SECONDS) / HOUR) * HOUR;
const readWaiting = ({ store }: Ports): Promise<Waiting | undefined> => store.get<Waiting>('notes', NOTE);
const keep = ({ store }: Ports, value: Waiting): Promise<void> => store.write([{ bucket: 'notes', key: NOTE, value }]);
