import { chains } from '../api/index.ts';
import type { RequestOf } from '../api/route.ts';
import { idBytes, type AccountId, type ChainId, type Hash, type SpaceId } from '../bytes/ids.ts';
import { complete, headsOf, placeOf } from '../chain/abridged.ts';
import { decodeLink, encodeLink, encodeLinkContent, type Cite, type Link, type LinkContent } from '../chain/link.ts';
import { acceptLink, emptyWorld, type World } from '../chain/world.ts';
import { confirmAdmitted, sign, type SigningKey } from '../crypto/sign.ts';
import { isProblem, Problem } from '../problem.ts';
import type { Findings } from './findings.ts';
import type { KnownChains } from './invitation.ts';
import type { Ports, StoreChange } from './ports.ts';
import { serialQueue } from './queue.ts';
import type { Topics } from './topics.ts';
import { Verified } from './verified.ts';

const MOST_TRIES = 5;
const CURSOR = 'links-position';
const padded = (place: number) => String(place).padStart(12, '0');
/** Directory and user links in the server's order, then rosters: what is read in the order of its keys stands on what was read before. */
const sharedKey = (position: number) => `0/${padded(position)}`;
const rosterKey = ({ chain, seq }: Link) => `1/${chain}/${padded(seq)}`;

/** Who signs: a device of the account, or (`device: null`) its identity key. */
export interface Signer {
	readonly account: AccountId;
	readonly device: { readonly id: string; readonly key: SigningKey } | null;
	readonly identity: SigningKey;
}

/** What a link says; its place, time and cites are filled in. */
export interface Draft {
	readonly kind: Link['kind'];
	/** `null`: this link begins a directory or roster. */
	readonly chain: ChainId | null;
	readonly type: string;
	readonly body: LinkContent['body'];
	/** Signed by the identity key: user logs and admissions. */
	readonly byIdentity?: boolean;
}

/** What goes to the server in one piece. */
export type Batch = RequestOf<(typeof chains)['append']>;
/** Builds a batch on a world; runs again on a newer one when somebody was faster. */
export type BuildBatch = (stage: Stage) => Promise<Omit<Batch, 'links'>>;

/** A world under construction: drafts are signed and accepted one after another. */
export class Stage {
	world: World;
	readonly links: Link[] = [];
	/** Seconds since 1970, as this device believes. */
	readonly now: number;
	readonly #signer: Signer;

	constructor(world: World, signer: Signer, now: number) {
		this.world = world;
		this.#signer = signer;
		this.now = now;
	}

	/** @throws Problem `rejected-link` when the chain's rules refuse it */
	async add(draft: Draft): Promise<Link> {
		const content = contentOf(draft, this.world, this.#signer, this.now);
		const signed = encodeLinkContent(content);
		const key = content.device === null ? this.#signer.identity : this.#signer.device?.key;
		if (!key) throw new Problem('locked');
		const link = decodeLink(encodeLink(signed, await sign(key, 'link', signed)));
		this.world = await acceptLink(this.world, link);
		this.links.push(link);
		return link;
	}
}

function contentOf(draft: Draft, world: World, signer: Signer, now: number): LinkContent {
	const tail = tailOf(world, draft, signer.account);
	const log = world.users.get(signer.account);
	const byIdentity = draft.byIdentity === true;
	const citesLog = !byIdentity && log !== undefined;
	return {
		kind: draft.kind,
		chain: draft.chain,
		seq: tail === null ? 0 : tail.seq + 1,
		prev: tail?.head ?? null,
		type: draft.type,
		body: draft.body,
		by: signer.account,
		device: byIdentity ? null : ((signer.device?.id ?? null) as LinkContent['device']),
		time: Math.max(now, tail?.time ?? 0),
		log: citesLog ? { seq: log.seq, head: log.head } : null,
		directory: draft.kind === 'roster' ? citeOf(world.directory) : null,
	};
}

function tailOf(world: World, draft: Draft, account: AccountId): { seq: number; head: Hash; time: number } | null {
	if (draft.kind === 'user') return world.users.get(account) ?? null;
	if (draft.chain === null) return null;
	return (draft.kind === 'directory' ? world.directory : world.rosters.get(draft.chain)) ?? null;
}

const citeOf = (chain: { seq: number; head: Hash } | null): Cite | null => (chain === null ? null : { seq: chain.seq, head: chain.head });

/** The chains as this device believes them: every link is checked, whoever served it. */
export class Chains {
	world: World = emptyWorld;
	/** Place in the server's order of directory and user links. */
	position = 0;
	/** Accepting reads the world, waits and writes it: one link at a time. */
	readonly #inTurn = serialQueue();
	readonly #ports: Ports;
	readonly #topics: Topics;
	readonly #findings: Findings;

	readonly #verified: Verified;
	/** Links checked a moment ago, but for the torsion of their keys. */
	#unconfirmed: ReadonlySet<Hash> = new Set();

	constructor(ports: Ports, topics: Topics, findings: Findings, keys: { readonly localKey: CryptoKey }) {
		this.#verified = new Verified(ports, keys, 'links');
		this.#ports = ports;
		this.#topics = topics;
		this.#findings = findings;
	}

	forget(): void {
		this.world = emptyWorld;
		this.position = 0;
	}

	/** Keeps chains that were checked before there was an account. */
	async keep({ links }: KnownChains): Promise<void> {
		const [rosters, shared] = [links.filter(({ kind }) => kind === 'roster'), links.filter(({ kind }) => kind !== 'roster')];
		const changes: StoreChange[] = [
			...shared.map((link, place) => ({ bucket: 'links' as const, key: sharedKey(place + 1), value: link.bytes })),
			...rosters.map((link) => ({ bucket: 'links' as const, key: rosterKey(link), value: link.bytes })),
			{ bucket: 'notes', key: CURSOR, value: shared.length },
		];
		await this.#ports.store.write(changes);
		this.#unconfirmed = new Set(links.map(({ hash }) => hash));
	}

	/** Looks whole at the keys that were let in for now. @throws Problem `weak-key`: then the next visit checks every link anew */
	async confirm(): Promise<void> {
		const links = [...this.#unconfirmed];
		this.#unconfirmed = new Set();
		try {
			await confirmAdmitted();
		} catch (error) {
			await this.#verified.forget();
			throw error;
		}
		await this.#verified.remember(links);
	}

	/** Checks again what this device kept; what does not hold any more is fetched anew. */
	async load(): Promise<void> {
		const { store } = this.#ports;
		const links = await store.list<Uint8Array>('links', '');
		try {
			await this.#verified.load();
			for (const { value } of links) {
				const link = decodeLink(value);
				await this.#accept(link, this.#verified.has(link.hash) || this.#unconfirmed.has(link.hash));
			}
			this.position = (await store.get<number>('notes', CURSOR)) ?? 0;
		} catch {
			this.forget();
			await store.clear('links');
			await store.write([{ bucket: 'notes', key: CURSOR, value: undefined }]);
		}
	}

	/** Fetches directory and user logs up to the server's head. */
	async synchronise(): Promise<void> {
		for (;;) {
			const answer = await this.#ports.transport.call(chains.read, { params: {}, request: { after: this.position } });
			this.serverTime(answer.time);
			await this.takeShared(answer.links, answer.position);
			if (!answer.more || answer.links.length === 0) return;
		}
	}

	/** Directory and user links in the server's order. Stops at the first that does not hold, and reports it. */
	async takeShared(links: readonly Uint8Array[], position: number): Promise<void> {
		if (position !== this.position + links.length) {
			const problem = new Problem('tampered', { rule: 'positions-have-no-gap' });
			await this.#findings.report('missing', 'directory', problem);
			throw problem;
		}
		const changes: StoreChange[] = [];
		const taken: Hash[] = [];
		for (const bytes of links) {
			const link = await this.#take(bytes);
			if (link) taken.push(link.hash);
			if (link) changes.push({ bucket: 'links', key: sharedKey(this.position + changes.length + 1), value: link.bytes });
		}
		if (links.length > 0) {
			this.position = position;
			await this.#ports.store.write([...changes, { bucket: 'notes', key: CURSOR, value: position }]);
			await this.#verified.remember(taken);
			this.#topics.changed('forum', 'spaces');
		}
	}

	/** A link by itself, if it is the next of its chain: known for now, not kept. */
	async hear(bytes: Uint8Array): Promise<void> {
		await this.#accept(complete(bytes, headsOf(this.world)));
	}

	/**
	 * Links of one roster. Needs the directory as far as they cite it.
	 * @param tentative answers `false`, and reports nothing, when they stand on what is not here yet
	 */
	async takeRoster(space: SpaceId, links: readonly Uint8Array[], tentative = false): Promise<boolean> {
		const changes: StoreChange[] = [];
		const taken: Hash[] = [];
		for (const bytes of links) {
			const link = await this.#take(bytes, space).catch((error: unknown) => {
				if (tentative && isProblem(error, 'unknown-sender')) return undefined;
				throw error;
			});
			if (link === undefined) return false;
			if (link) taken.push(link.hash);
			if (link) changes.push({ bucket: 'links', key: rosterKey(link), value: link.bytes });
		}
		if (changes.length === 0) return true;
		await this.#ports.store.write(changes);
		await this.#verified.remember(taken);
		this.#topics.changed('spaces', 'forum', `space:${space}`);
		return true;
	}

	/** The space that a link of a roster belongs to. */
	spaceOf = (bytes: Uint8Array): SpaceId => placeOf(bytes).chain ?? complete(bytes, headsOf(this.world)).chain;

	/** An announced link of a roster, if it is the next. Answers `false` when the space has to be asked for instead. */
	async hearRoster(space: SpaceId, bytes: Uint8Array): Promise<boolean> {
		const next = (this.world.rosters.get(space)?.seq ?? -1) + 1;
		return placeOf(bytes).seq === next && this.takeRoster(space, [bytes], true);
	}

	/** Signs, checks and sends links; builds them again when another client was faster. */
	async commit(signer: Signer, build: BuildBatch): Promise<readonly Link[]> {
		for (let tries = 1; ; tries++) {
			const stage = new Stage(this.world, signer, Math.floor(this.#ports.now() / 1000));
			const rest = await build(stage);
			const links = stage.links.map(({ bytes }) => bytes);
			try {
				await this.#ports.transport.call(chains.append, { params: {}, request: { ...rest, links } });
			} catch (error) {
				if (isProblem(error, 'rejected-link') && error.detail.rule === 'time-is-not-ahead') throw new Problem('clock-wrong');
				if (!isProblem(error, 'stale') || tries >= MOST_TRIES) throw error;
				await this.synchronise();
				await this.#refreshRosters(stage);
				continue;
			}
			await this.#adopt(stage);
			return stage.links;
		}
	}

	/** Set by the engine: what the server believes the time to be (seconds since 1970). */
	serverTime: (seconds: number) => void = () => undefined;

	/** Set by the engine: brings the rosters a refused batch was about up to date. */
	refreshRoster: (space: SpaceId) => Promise<void> = async () => undefined;

	async #refreshRosters(stage: Stage): Promise<void> {
		const spaces = new Set(stage.links.filter(({ kind, seq }) => kind === 'roster' && seq > 0).map(({ chain }) => chain));
		for (const space of spaces) await this.refreshRoster(space);
	}

	/** The server took our links: they hold here too, unless others came in between by another way. */
	async #adopt(stage: Stage): Promise<void> {
		for (const link of stage.links) {
			await this.#accept(link);
			if (link.kind === 'roster') {
				await this.#ports.store.write([{ bucket: 'links', key: rosterKey(link), value: link.bytes }]);
				this.#topics.changed(`space:${link.chain}`);
			}
		}
		this.#topics.changed('forum', 'spaces');
	}

	/** @returns the link when it is new and holds, `null` when it was known */
	async #take(bytes: Uint8Array, space: SpaceId | null = null): Promise<Link | null> {
		try {
			const link = complete(bytes, headsOf(this.world));
			const belongs = space === null ? link.kind !== 'roster' : link.kind === 'roster' && link.chain === space;
			if (!belongs) throw new Problem('tampered', { rule: 'link-stays-in-its-chain' });
			await this.#accept(link);
			return link;
		} catch (error) {
			if (isProblem(error, 'unknown-sender')) throw error;
			await this.#findings.report(isProblem(error, 'stale') ? 'split-view' : 'link-refused', space ?? 'directory', error, space);
			throw error;
		}
	}

	/** Accepts a link, or recognises it. @throws Problem `stale` when another link stands in its place */
	async #accept(link: Link, known = false): Promise<void> {
		await this.#inTurn(async () => {
			if (this.#headAt(link) !== link.hash) this.world = await acceptLink(this.world, link, known);
		});
	}

	#headAt(link: Link): Hash | undefined {
		const { users, directory, rosters } = this.world;
		if (link.kind === 'user') return users.get(link.by)?.heads[link.seq];
		if (link.kind === 'directory') return directory?.heads[link.seq];
		return rosters.get(link.chain)?.heads[link.seq];
	}
}

/** Ids as the bodies of links carry them. */
export const bodyId = (id: string): Uint8Array => idBytes(id, id.length === 22 ? 16 : 32);
