import { equalBytes, fromUtf8, toBase64url, type Bytes } from '../bytes/bytes.ts';
import { ID_LENGTH, idOf, type AccountId, type OrganisationId, type SpaceId } from '../bytes/ids.ts';
import { isAccountAt, isRepresentativeAt, needsKey, type Directory } from '../chain/directory.ts';
import { organisationKeyAt, type OrganisationKey } from '../chain/representation.ts';
import { signFile, signingKeyFromSeed } from '../crypto/sign.ts';
import { isProblem, Problem } from '../problem.ts';
import type { RepresentationActions } from './actions.ts';
import type { Letters } from './letters.ts';
import type { LetterView } from './letter-types.ts';
import { forumOf, NOTHING_ELSE, signerOf, type Membership } from './membership.ts';

/** What the letter is called that hands a key on. */
const KIND = 'organisation-key';
/** Several representatives' programs would do it at once; who is first saves the others the work. */
const SPREAD_MS = 3_000;
const SEED_LENGTH = 32;
/** How every text begins that an organisation signs (`publication/signed-text.ts`). */
const FOR_THE_WORLD = /^\{\n  "multaqa": "statement-/;
/** It is about none. */
const NO_SPACE = idOf<SpaceId>(new Uint8Array(ID_LENGTH));

/** What this needs of the open forum. */
export interface RepresentingForum extends Membership {
	readonly letters: Pick<Letters, 'list' | 'send'>;
	inTurn<T>(work: () => Promise<T>): Promise<T>;
}

/**
 * The key by which an organisation signs what it says to the world. Its representatives hold it together, so that a
 * signature tells which organisation signed and not which person: one of their programs makes it, the directory says
 * whose it is, and letters hand it on. It is made when it is first needed; when one of them no longer represents,
 * another makes a new one.
 */
export class OrganisationKeys implements RepresentationActions {
	readonly #forum: RepresentingForum;
	#timer: ReturnType<typeof setTimeout> | null = null;
	#stopped = false;

	constructor(forum: RepresentingForum) {
		this.#forum = forum;
	}

	get key(): Bytes | null {
		const { key } = this.#current() ?? {};
		return key && this.#seedOf(key) ? key : null;
	}

	async prepare(): Promise<Bytes> {
		await this.#forum.inTurn(async () => {
			await this.#take();
			const { directory } = this.#forum.chains.world;
			if (directory && this.#own && needsKey(directory, this.#own)) await this.#make();
		});
		this.consider();
		if (!this.#own) throw new Problem('not-allowed', { rule: 'representatives-sign' });
		const { key } = this;
		if (!key) throw new Problem('wrong-key');
		return key;
	}

	async sign(file: Bytes): Promise<{ readonly file: Bytes; readonly signature: Bytes; readonly key: Bytes }> {
		// The key signs nothing else, so that no signature of it can be taken for something else.
		if (!FOR_THE_WORLD.test(fromUtf8(file.subarray(0, 40)))) throw new Problem('malformed', { reason: 'no text for the world' });
		const key = await this.prepare();
		const seed = this.#seedOf(key);
		if (!seed) throw new Problem('wrong-key');
		return { file, signature: await signFile(await signingKeyFromSeed(seed), file), key };
	}

	/** Looks what is to be done, and does it soon: takes what came, makes what is due, hands on what others lack. */
	consider(): void {
		if (this.#stopped || this.#timer || !this.#own) return;
		this.#timer = setTimeout(() => {
			this.#timer = null;
			if (!this.#stopped) void this.#forum.inTurn(() => this.#see()).catch(left);
		}, Math.random() * SPREAD_MS);
	}

	stop(): void {
		this.#stopped = true;
		if (this.#timer) clearTimeout(this.#timer);
	}

	async #see(): Promise<void> {
		await this.#take();
		const { directory } = this.#forum.chains.world;
		// The first is made when somebody needs it: most organisations never sign.
		if (directory && this.#own && this.#current() && needsKey(directory, this.#own)) await this.#make();
		await this.#handOn();
	}

	/** Kept in the vault before the directory names it: a key that nobody holds would be of no use. */
	async #make(): Promise<void> {
		const seed = this.#forum.ports.random(SEED_LENGTH);
		const { publicKey } = await signingKeyFromSeed(seed);
		await this.#keep(publicKey, seed);
		await this.#forum.chains.commit(signerOf(this.#forum), async (stage) => {
			await stage.add({ kind: 'directory', chain: forumOf(stage.world).id, type: 'organisation.key', body: { key: publicKey } });
			return NOTHING_ELSE;
		});
	}

	/** What others handed on: believed when the directory says that it is ours. */
	async #take(): Promise<void> {
		for (const letter of this.#forum.letters.list) {
			const seed = seedIn(letter);
			if (!seed) continue;
			const { publicKey } = await signingKeyFromSeed(seed);
			if (this.#isOurs(publicKey) && !this.#seedOf(publicKey)) await this.#keep(publicKey, seed);
		}
	}

	/** To whoever was a representative when it was made, by its maker; to whoever came later, by all who hold it. */
	async #handOn(): Promise<void> {
		const { store } = this.#forum.ports;
		const current = this.#current();
		const seed = current && this.#seedOf(current.key);
		if (!current || !seed) return;
		for (const account of this.#othersWithout(current)) {
			const note = `organisation-key/${toBase64url(current.key)}/${account}`;
			if (await store.get('notes', note)) continue;
			await store.write([{ bucket: 'notes', key: note, value: true }]);
			await this.#forum.letters.send([account], { space: NO_SPACE, kind: KIND, content: seed });
		}
	}

	#othersWithout({ from, by }: OrganisationKey): readonly AccountId[] {
		const { keys, chains } = this.#forum;
		const directory = chains.world.directory as Directory;
		return this.#representatives(directory).filter((account) => {
			if (account === keys.account || account === by) return false;
			return by === keys.account || !isRepresentativeAt(directory, account, from);
		});
	}

	#representatives(directory: Directory): readonly AccountId[] {
		return [...directory.accounts].flatMap(([account, { organisation }]) =>
			organisation === this.#own && isAccountAt(directory, account, directory.seq) && isRepresentativeAt(directory, account, directory.seq)
				? [account]
				: [],
		);
	}

	/** The organisation that this account represents now. */
	get #own(): OrganisationId | null {
		const { keys, chains } = this.#forum;
		const { directory } = chains.world;
		if (!directory || !isRepresentativeAt(directory, keys.account, directory.seq)) return null;
		return directory.accounts.get(keys.account)?.organisation ?? null;
	}

	#current(): OrganisationKey | null {
		const { directory } = this.#forum.chains.world;
		return directory && this.#own ? organisationKeyAt(directory.representation, this.#own, directory.seq) : null;
	}

	#isOurs(publicKey: Bytes): boolean {
		const { directory } = this.#forum.chains.world;
		const ours = (this.#own && directory?.representation.keys.get(this.#own)) ?? [];
		return ours.some(({ key }) => equalBytes(key, publicKey));
	}

	#seedOf(publicKey: Bytes): Bytes | null {
		return this.#forum.keys.content.organisationKeys[toBase64url(publicKey)] ?? null;
	}

	#keep(publicKey: Bytes, seed: Bytes): Promise<void> {
		const name = toBase64url(publicKey);
		return this.#forum.keys.update((content) => ({ ...content, organisationKeys: { ...content.organisationKeys, [name]: seed } }));
	}
}

function seedIn(letter: LetterView): Bytes | null {
	if (!letter.holds || letter.kind !== KIND) return null;
	const { content } = letter;
	return content instanceof Uint8Array && content.length === SEED_LENGTH ? new Uint8Array(content) : null;
}

/** Somebody else was faster, or there is no line: the next look decides. */
function left(error: unknown): void {
	if (!isProblem(error)) throw error;
}
