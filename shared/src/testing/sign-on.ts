import { equalBytes, type Bytes } from '../bytes/bytes.ts';
import type { Cbor } from '../bytes/cbor.ts';
import type { AccountId, Hash, OrganisationId, SpaceId, StreamId } from '../bytes/ids.ts';
import type { Role } from '../chain/roles.ts';
import type { ReadLetter } from '../client/letter-types.ts';
import type { LetterView, StreamEvent } from '../client/types.ts';
import { signFile, signingKeyFromSeed, type SigningKey } from '../crypto/sign.ts';
import { canonicalBytes } from '../documents/canonical.ts';
import type { BilingualText } from '../documents/pair.ts';
import { digestOf, listText } from '../publication/signed-text.ts';
import { SignatureChecks } from '../statements/checks.ts';
import { drawUp, type EditionChoices } from '../statements/drawing-up.ts';
import { signatureFile, withdrawalFile } from '../statements/signing.ts';
import type { SigningStanding } from '../statements/standing.ts';
import { statementOf } from '../statements/statement.ts';
import type { Round, Signature, Statement } from '../statements/statement-types.ts';
import { markFile, WITHHELD, WITHHELD_WITHDRAWAL, withheldWithdrawalFile } from '../statements/withheld.ts';
import { withheldIn, type KeptSignature } from '../statements/withheld-letters.ts';
import { STATEMENT } from './published.ts';
import { id, streamId } from './said.ts';

/** 1 October 2026, noon: seconds since 1970. */
export const NOON = 1_790_856_000;
export const HOUR = 3_600;
/** When a round closes that says nothing else. */
export const CLOSES = NOON + 24 * HOUR;
export const ROUND_STREAM = streamId('s') as StreamId;

export const org = (name: string): OrganisationId => streamId(name) as OrganisationId;
export const hash = (name: string): Hash => id(name) as Hash;

const NAMES: Readonly<Record<string, readonly [ar: string, en: string]>> = {
	host: ['المضيف', 'Host'],
	families: ['رابطة العائلات', 'Families'],
	women: ['شبكة المرأة', "Women's Network"],
	lawyers: ['المحامون', 'Lawyers'],
	media: ['إعلام حر', 'Free Media'],
};

/** The organisation before the dot, as it signs. */
export const nameOf = (by: string): { ar: string; en: string } => {
	const [ar = by, en = by] = NAMES[by.split('.')[0] ?? ''] ?? [];
	return { ar, en };
};

interface Speaking {
	readonly role?: Role;
	/** Seconds since {@link NOON}. */
	readonly at?: number;
}

/** A statement about which one thing is done after another. Each person represents the organisation before the dot; `….c` coordinates too. */
export class SignOn {
	readonly events: StreamEvent[] = [];
	readonly checks = new SignatureChecks();
	readonly keys = new Map<string, SigningKey>();
	/** What organisations signed by before {@link renewsKey}. */
	readonly formerKeys: [name: string, key: SigningKey][] = [];
	/** People who represented their organisation, and do not any more. */
	readonly gone = new Set<string>();
	readonly standing: SigningStanding;
	#position = 1;

	/** @param two organisations that ask for two persons */
	constructor(two: readonly string[] = []) {
		this.standing = {
			organisationOf: (account) => org(account.split('.')[0] ?? ''),
			isRepresentative: (account) => account.includes('.') && !account.endsWith('.member') && !this.gone.has(account),
			personOf: (account) => account.replace(/-new$/, '') as AccountId,
			asksForTwo: (organisation) => two.some((name) => org(name) === organisation),
			keyOf: (organisation) => [...this.keys].find(([name]) => org(name) === organisation)?.[1].publicKey ?? null,
			organisationOfKey: (key) => {
				const owner = [...this.keys, ...this.formerKeys].find(([, { publicKey }]) => equalBytes(publicKey, key));
				return owner ? org(owner[0]) : null;
			},
		};
	}

	async keyOf(by: string): Promise<SigningKey> {
		const name = by.split('.')[0] ?? '';
		const key = this.keys.get(name) ?? (await signingKeyFromSeed(new Uint8Array(32).fill(name.length * 7 + name.charCodeAt(0))));
		this.keys.set(name, key);
		return key;
	}

	/** Makes a new key for an organisation, as when one of those who held it has left. */
	async renewsKey(name: string): Promise<void> {
		this.formerKeys.push([name, await this.keyOf(`${name}.one`)]);
		this.keys.set(name, await signingKeyFromSeed(new Uint8Array(32).fill(200 + this.formerKeys.length)));
	}

	/** Somebody does something, in the server's order; answers its name. */
	does(by: string, type: string, content: object, name: string, { role, at = 0 }: Speaking = {}): Hash {
		const inVoice = type.startsWith('signature.') ? 'organisation' : 'person';
		this.events.push({
			verified: true,
			id: id(name),
			stream: ROUND_STREAM,
			generation: 1,
			directory: 1,
			type,
			author: by,
			device: 'd',
			role: role ?? (by.endsWith('.c') ? 'coordinator' : 'member'),
			voice: inVoice,
			time: NOON + at,
			content: content as Cbor,
			waiting: false,
			position: this.#position++,
		} as never);
		return hash(name);
	}

	opens(more: object = {}, text: BilingualText = STATEMENT, speaking: Speaking = {}): Hash {
		const terms = { text: canonicalBytes(text), document: null, order: 'arabic', sealed: null, closes: CLOSES, ...more };
		return this.does('host.c', 'round.open', terms, 'round', speaking);
	}

	get round(): Round {
		const { round } = this.now;
		if (!round) throw new Error('there is no round');
		return round;
	}

	async signs(
		by: string,
		{ name = `${by.replaceAll('.', '-')}s`, at = 60, changed = {} }: { name?: string; at?: number; changed?: object } = {},
	): Promise<Hash> {
		const file = signatureFile(this.round, { stream: ROUND_STREAM, name: nameOf(by), time: NOON + at });
		return this.does(by, 'signature.give', { ...(await this.signed(by, file)), ...changed }, name, { at });
	}

	async signed(by: string, file: Bytes) {
		const key = await this.keyOf(by);
		return { file, signature: await signFile(key, file), key: key.publicKey };
	}

	async withdraws(by: string, signature: Hash, name = `${by.replaceAll('.', '-')}w`, at = 120): Promise<Hash> {
		const known = this.now.signatures.find((one) => one.id === signature) as Signature;
		const file = withdrawalFile(known, { reason: { ar: 'تغيّر موقفنا', en: 'Our position has changed' }, time: NOON + at });
		return this.does(by, 'signature.withdraw', { said: signature, ...(await this.signed(by, file)) }, name, { at });
	}

	ends(): Hash {
		return this.does('host.c', 'round.end', {}, 'end', { at: CLOSES - NOON });
	}

	/** What the statement is now, its signatures not looked at. */
	get now(): Statement {
		return statementOf(this.events, { standing: this.standing, stream: ROUND_STREAM, holds: this.checks.holds });
	}

	/** What the statement is, once every signature was looked at. */
	async looked(): Promise<Statement> {
		await this.checks.look(this.events);
		return this.now;
	}

	choices(more: Partial<EditionChoices> = {}): EditionChoices {
		const { publicKey: key } = this.keys.get('host') as SigningKey;
		const times = { published: CLOSES + HOUR, edited: CLOSES + 60 };
		return {
			address: 'k7qf2m3xab',
			...times,
			publisher: { name: nameOf('host'), key },
			reservations: [],
			corrections: [],
			files: [],
			...more,
		};
	}

	/** Lays an edition down. @param change what its list says instead of what was drawn up */
	async proposes(name = 'edition', change: object = {}, by = 'host.c'): Promise<Hash> {
		await this.keyOf('host.c');
		const list = listText.write({ ...drawUp(await this.looked(), this.round, ROUND_STREAM, this.choices()), ...change });
		const { signature } = await this.signed('host.c', list);
		const at = CLOSES - NOON + 120;
		return this.does(by, 'publication.propose', { address: 'k7qf2m3xab', list, signature, digest: digestOf(list) }, name, { at });
	}

	/** What a representative sends a coordinator to sign without being named. @param at seconds since {@link NOON} */
	async letter(by: string, changed: object = {}, at = 60): Promise<ReadLetter> {
		const file = signatureFile(this.round, { stream: ROUND_STREAM, name: nameOf(by), time: NOON + at });
		const { signature: mark } = await this.signed(by, markFile(ROUND_STREAM));
		return this.#letter(by, WITHHELD, { stream: ROUND_STREAM, ...(await this.signed(by, file)), mark, ...changed });
	}

	/** What a representative sends to take it back. */
	async takesBack(by: string, at: number, changed: object = {}): Promise<ReadLetter> {
		const file = withheldWithdrawalFile(ROUND_STREAM, NOON + at);
		return this.#letter(by, WITHHELD_WITHDRAWAL, { stream: ROUND_STREAM, ...(await this.signed(by, file)), ...changed });
	}

	#letter(by: string, kind: string, content: object): ReadLetter {
		return { number: 1, holds: true, from: by as AccountId, space: 'space' as SpaceId, kind, time: NOON, content: content as Cbor };
	}

	/** What a coordinator who got these letters holds. */
	async kept(letters: readonly LetterView[]): Promise<readonly KeptSignature[]> {
		const { round, standing } = this;
		return withheldIn(letters, { statement: await this.looked(), round, stream: ROUND_STREAM, space: 'space' as SpaceId, standing });
	}

	/** Why what was done last is none; `null`: it counts. */
	lastRefusal(): string | null {
		return this.now.refused.find(({ id: refused }) => refused === this.events.at(-1)?.id)?.rule ?? null;
	}
}
