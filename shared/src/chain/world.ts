import { equalBytes } from '../bytes/bytes.ts';
import { idBytes, type AccountId, type SpaceId } from '../bytes/ids.ts';
import { admitForNow, rememberAdmitted, signatureCheck, verify } from '../crypto/sign.ts';
import { checkSignatures, type SignatureCheck } from '../crypto/verify.ts';
import { breathe } from '../breathe.ts';
import { Problem } from '../problem.ts';
import { admitFounder, createDirectory, reduceDirectory, type Directory } from './directory.ts';
import type { Cite, Link } from './link.ts';
import { createRoster, reduceRoster, withCited } from './roster-reducer.ts';
import { citedAt, type Roster } from './roster.ts';
import { rule } from './rule.ts';
import { deviceStands, reduceUserLog, signerOfUserLink, type UserLog } from './user-log.ts';

/** Everything the chains say. Never changed in place: each accepted link makes a new one. */
export interface World {
	readonly directory: Directory | null;
	readonly users: ReadonlyMap<AccountId, UserLog>;
	readonly rosters: ReadonlyMap<SpaceId, Roster>;
}

export const emptyWorld: World = { directory: null, users: new Map(), rosters: new Map() };

interface Chain {
	readonly seq: number;
	readonly head: string;
	readonly time: number;
}

/**
 * Checks a link's place, signature and every rule. The server runs it to refuse early, every client because
 * it does not believe the server.
 * @param known the same bytes passed here before, on this device: signature and keys need not be looked at again,
 *   place and rules are
 * @returns the world after the link
 * @throws Problem `stale` (not the next link of its chain), `unknown-sender` (its author's log is not known
 *   that far), `tampered` (signature), `weak-key`, `malformed`, `rejected-link` with the rule's name
 */
export async function acceptLink(world: World, link: Link, known = false): Promise<World> {
	const isSigned = known ? alreadySeen : checkSignature;
	if (known) rememberKeysOf(link);
	return acceptSigned(world, link, isSigned);
}

async function acceptSigned(world: World, link: Link, isSigned: CheckSignature): Promise<World> {
	switch (link.kind) {
		case 'user':
			return acceptUserLink(world, link, isSigned);
		case 'directory':
			return acceptDirectoryLink(world, link, isSigned);
		case 'roster':
			return acceptRosterLink(world, link, isSigned);
	}
}

/** So many signatures are sent away together, while the next links are read. */
const AT_ONCE = 250;
/** Of so many batches one is left to this thread: it would only wait for the others when it has read everything. */
const OWN_SHARE = 4;

/**
 * Many links at once, as a newcomer gets them: their signatures are checked side by side, then each is held against
 * the rules in its turn. Keys are let in for now: the caller has `confirmAdmitted` look at them whole.
 * @param links read as they are asked for
 * @throws Problem as {@link acceptLink} does, for the first that does not hold
 */
export async function acceptLinks(world: World, links: Iterable<Link>): Promise<{ world: World; links: readonly Link[] }> {
	const ahead = new SignaturesAhead();
	const taken: Link[] = [];
	for (const link of links) {
		ahead.add(link);
		taken.push(link);
		if (taken.length % AT_ONCE === 0) await ahead.flush();
	}
	await ahead.flush();
	let next = world;
	for (const link of taken) next = await acceptSigned(next, link, ahead.isSigned);
	return { world: next, links: taken };
}

/** Signatures that are checked before it is certain by which key: the rules say later whether the guess was right. */
class SignaturesAhead {
	readonly #identities = new Map<AccountId, Uint8Array>();
	readonly #guesses = new Map<Link, { key: Uint8Array; holds: Promise<boolean> }>();
	#waiting: { link: Link; check: SignatureCheck }[] = [];
	#batches = 0;

	add(link: Link): void {
		const brought = keyIn(link);
		if (brought) admitForNow(brought);
		if (link.body['ik'] instanceof Uint8Array) this.#identities.set(link.by, link.body['ik']);
		const key = link.device === null ? this.#identities.get(link.by) : idBytes(link.device);
		if (!key) return;
		this.#waiting.push({ link, check: signatureCheck(key, 'link', link.signed, link.signature) });
	}

	/** Sends away what waits, or leaves it to be checked in its turn. */
	async flush(): Promise<void> {
		const waiting = this.#waiting;
		this.#waiting = [];
		if (++this.#batches % OWN_SHARE === 0) return;
		const answers = checkSignatures(waiting.map(({ check }) => check));
		waiting.forEach(({ link, check }, place) => {
			this.#guesses.set(link, { key: check.publicKey, holds: answers.then((all) => all[place] === true) });
		});
		await breathe();
	}

	readonly isSigned: CheckSignature = async (publicKey, link) => {
		const guess = this.#guesses.get(link);
		if (!guess || !equalBytes(guess.key, publicKey)) return checkSignature(publicKey, link);
		if (!(await guess.holds)) throw new Problem('tampered');
	};
}

type CheckSignature = (publicKey: Uint8Array, link: Link) => Promise<void>;

const alreadySeen: CheckSignature = () => Promise.resolve();

/** The keys that a known link brought in were admitted with it. */
function rememberKeysOf(link: Link): void {
	const key = keyIn(link);
	if (key) rememberAdmitted(key);
}

/** The signing key that a link brings into the world. */
function keyIn({ type, body }: Link): Uint8Array | null {
	const field = { 'identity.create': 'ik', 'device.add': 'device', 'invitation.create': 'invitation' }[type];
	const key = field === undefined ? null : body[field];
	return key instanceof Uint8Array && key.length === 32 ? key : null;
}

async function acceptUserLink(world: World, link: Link, isSigned: CheckSignature): Promise<World> {
	const log = world.users.get(link.by);
	checkPlace(log, link);
	await isSigned(signerOfUserLink(log, link), link);
	return { ...world, users: new Map(world.users).set(link.by, reduceUserLog(log, link)) };
}

async function acceptDirectoryLink(world: World, link: Link, isSigned: CheckSignature): Promise<World> {
	const { directory } = world;
	rule('one-forum', directory === null || directory.id === link.chain);
	checkPlace(directory ?? undefined, link);
	checkName(link);
	const author = authorOf(world, link);
	await checkAuthor(author, directory?.cited.get(link.by), link, isSigned);
	const next = directory === null ? admitFounder(createDirectory(link), author) : await reduceDirectory(directory, link, author);
	const cited = goesOn(next.cited.get(link.by), link) ? new Map(next.cited).set(link.by, link.log.seq) : next.cited;
	return { ...world, directory: { ...next, cited } };
}

async function acceptRosterLink(world: World, link: Link, isSigned: CheckSignature): Promise<World> {
	const { directory } = world;
	if (directory === null) throw new Problem('unknown-sender');
	const roster = world.rosters.get(link.chain);
	checkPlace(roster, link);
	checkName(link);
	if (link.directory !== null && link.directory.seq > directory.seq) throw new Problem('unknown-sender');
	await checkAuthor(authorOf(world, link), roster && citedAt(roster, link.by), link, isSigned);
	const ground = { directory, users: world.users };
	const next = roster ? reduceRoster(roster, link, ground) : createRoster(link, ground);
	const cited = goesOn(citedAt(next, link.by), link) ? withCited(next, link.by, link.log.seq) : next.cited;
	return { ...world, rosters: new Map(world.rosters).set(next.id, { ...next, cited }) };
}

/** @throws Problem `stale` unless the link is the next of its chain */
function checkPlace(chain: Chain | undefined, link: Link): void {
	const follows = chain === undefined ? link.seq === 0 && link.prev === null : link.seq === chain.seq + 1 && link.prev === chain.head;
	if (!follows) throw new Problem('stale');
	rule('time-moves-forward', chain === undefined || link.time >= chain.time);
}

/** A directory or roster is named by the hash of its first link, so that nobody gives another one its name. */
function checkName(link: Link): void {
	rule('chain-is-named-by-its-first-link', link.seq > 0 || link.chain === (link.hash as string));
}

function authorOf(world: World, link: Link): UserLog {
	const author = world.users.get(link.by);
	if (!author) throw new Problem('unknown-sender');
	return author;
}

/** The link is signed by a device that stood at the cited place of its person's log, or by the identity key. */
async function checkAuthor(author: UserLog, cited: number | undefined, link: Link, isSigned: CheckSignature): Promise<void> {
	if (link.device === null) {
		rule('identity-key-cites-no-log', link.log === null);
		return isSigned(author.ik, link);
	}
	rule('user-log-is-cited', link.log !== null);
	if (link.log.seq > author.seq) throw new Problem('unknown-sender');
	rule('user-log-never-goes-back', link.log.seq >= (cited ?? 0));
	rule('device-stands', deviceStands(author, link.device, link.log));
	await isSigned(idBytes(link.device), link);
}

async function checkSignature(publicKey: Uint8Array, link: Link): Promise<void> {
	if (!(await verify(publicKey, 'link', link.signed, link.signature))) throw new Problem('tampered');
}

/** A link may itself say of its author's log that it has gone on: then what it cites is behind that already. */
function goesOn(cited: number | undefined, link: Link): link is Link & { readonly log: Cite } {
	return link.log !== null && link.log.seq > (cited ?? -1);
}
