import { toBase64url, type Bytes } from '@multaqa/shared/bytes/bytes';
import type { AccountId, Hash, OrganisationId, StreamId } from '@multaqa/shared/bytes/ids';
import type { LetterView } from '@multaqa/shared/client/types';
import type { Bilingual } from '@multaqa/shared/documents/pair';
import { Problem } from '@multaqa/shared/problem';
import { checkEdition, drawUp, filesOf, signatoriesOf, type EditionChoices } from '@multaqa/shared/statements/drawing-up';
import { refusalOf, refusalOfSigning, type Held } from '@multaqa/shared/statements/rules';
import type { StatementRule } from '@multaqa/shared/statements/rule-names';
import { signatureFile, withdrawalFile } from '@multaqa/shared/statements/signing';
import type { Act } from '@multaqa/shared/statements/events';
import type { Edition, Round, Signature, Statement } from '@multaqa/shared/statements/statement-types';
import type { KeptSignature } from '@multaqa/shared/statements/withheld-letters';
import { decodePublication, encodePublication, type Publication } from '@multaqa/shared/publication/publication';
import { digestOf, listText, type ListText } from '@multaqa/shared/publication/signed-text';
import { examine, fileFaults } from '@multaqa/shared/publication/faults';
import { createContext } from 'svelte';
import { Watched } from '../client/watched.svelte.ts';
import { Now } from '../i18n/now.svelte.ts';
import { keepUp, keptIn } from './keeping-up.ts';
import { OwnWithheld, type OwnWithheldState } from './own-withheld.svelte.ts';
import type { Statements } from './statements.svelte.ts';

type OwnAct = Exclude<Act, { type: 'statement.open' }>;

/** What a coordinator fills in for an edition. */
export type EditionInput = Omit<EditionChoices, 'publisher' | 'edited' | 'files'> & {
	readonly publisher: Bilingual;
	readonly files: Publication['files'];
};

/** One statement whose page is open. */
export class OpenStatement {
	readonly statements: Statements;
	readonly stream: StreamId;
	readonly #now = new Now(10);
	readonly #ownWithheld: OwnWithheld;
	readonly #letters: Watched<readonly LetterView[]>;
	readonly #statement = $derived.by(() => this.statements.read(this.stream));
	/** Withheld signatures that came to this coordinator. */
	#kept = $state.raw<readonly KeptSignature[]>([]);

	constructor(statements: Statements, stream: StreamId) {
		this.statements = statements;
		this.stream = stream;
		this.#ownWithheld = new OwnWithheld(statements, stream);
		this.#letters = new Watched(statements.client, 'letters', () => statements.client.letters.list);
	}

	/** Seconds since 1970. */
	get now(): number {
		return this.#now.seconds;
	}

	get statement(): Statement {
		return this.#statement;
	}

	get round(): Round | null {
		return this.#statement.round;
	}

	/** Signatures can be given. */
	get isOpen(): boolean {
		const { round } = this;
		return round !== null && !round.ended && this.now <= round.closes;
	}

	/** The signature of the own organisation that counts, waits or is looked at; `null` when there is none. */
	get own(): Signature | null {
		const organisation = this.statements.signsFor;
		return this.#statement.signatures.findLast((one) => one.organisation === organisation && one.state !== 'withdrawn') ?? null;
	}

	/** Letters to this person, as they are now. */
	get letters(): readonly LetterView[] {
		return this.#letters.current;
	}

	/** Withheld names that this coordinator is entrusted with. */
	get kept(): readonly KeptSignature[] {
		const { self } = this.statements;
		const isKeptHere = (mark: Hash) =>
			this.#statement.marks.some((one) => one.mark === mark && self !== null && one.keepers.includes(self));
		return this.#kept.filter(({ state, mark }) => state !== 'taken-back' && (state !== 'unclear' || isKeptHere(mark)));
	}

	get #held(): Held {
		return { statement: this.#statement, standing: this.statements.standing, stream: this.stream };
	}

	/** Why this person may not sign for the organisation now. */
	get signingRefusal(): StatementRule | null {
		return refusalOfSigning(this.statements.actor('organisation'), this.#held);
	}

	refusal(act: OwnAct): StatementRule | null {
		return refusalOf(act, this.statements.actor(act.type.startsWith('signature.') ? 'organisation' : 'person'), this.#held);
	}

	/** @throws Problem `not-allowed` with the rule that refuses it, and what the engine refuses */
	async do(act: OwnAct): Promise<void> {
		const rule = this.refusal(act);
		if (rule) throw new Problem('not-allowed', { rule });
		await this.statements.say(this.stream, act);
	}

	/** Signs for the organisation, under a name in both languages. */
	async sign(name: Bilingual): Promise<void> {
		const rule = this.signingRefusal;
		if (rule) throw new Problem('not-allowed', { rule });
		const content = await this.#signed(this.#signatureFile(name));
		await this.do({ type: 'signature.give', content });
	}

	/** Signs so that two coordinators alone learn it. @throws Problem `not-allowed` with the rule that refuses it */
	async signWithheld(name: Bilingual, keepers: readonly [AccountId, AccountId]): Promise<void> {
		const rule = this.signingRefusal;
		if (rule) throw new Problem('not-allowed', { rule });
		await this.#ownWithheld.sign(this.#roundThere(), this.#statement, name, keepers);
	}

	/** What this device can tell of a withheld signature of the own organisation, unless it signs openly. */
	get withheld(): OwnWithheldState {
		return this.statements.signsFor === null || this.own ? 'none' : this.#ownWithheld.state(this.#statement);
	}

	/** Takes the withheld signature back, by letter. */
	takeWithheldBack(): Promise<void> {
		return this.#ownWithheld.takeBack(this.#statement);
	}

	#signatureFile(name: Bilingual): Bytes {
		return signatureFile(this.#roundThere(), { stream: this.stream, name, time: Math.floor(Date.now() / 1000) });
	}

	async #signed(file: Bytes) {
		const { signature, key } = await this.statements.client.representation.sign(file);
		return { file, signature, key };
	}

	async withdraw(signature: Signature, reason: Bilingual | null): Promise<void> {
		const file = withdrawalFile(signature, { reason, time: Math.floor(Date.now() / 1000) });
		await this.do({ type: 'signature.withdraw', content: { said: signature.id, ...(await this.#signed(file)) } });
	}

	/** Looks what came by letter, and does what a coordinator's program does without being asked. */
	async keepUp(): Promise<void> {
		if (!this.round || !this.statements.coordinates) return;
		const kept = await keptIn(this.statements, this.stream);
		this.#kept = kept;
		await keepUp(this.statements, this.stream, kept, this.now);
	}

	/** Who would stand in the next edition, in its order. @throws Problem `not-allowed` while a sealed order is not open */
	get signatories(): readonly Signature[] {
		return signatoriesOf(this.#statement, this.#roundThere(), this.stream);
	}

	/** Lays an edition down, at the server first: what others are told of is there. */
	async propose(input: EditionInput): Promise<void> {
		const { client, space } = this.statements;
		const round = this.#roundThere();
		const key = await client.representation.prepare();
		const files = input.files.map(({ name, bytes }) => ({ name, digest: digestOf(bytes) })) as ListText['files'];
		const list = drawUp(this.#statement, round, this.stream, {
			...input,
			files,
			edited: Math.floor(Date.now() / 1000),
			publisher: { name: input.publisher, key },
		});
		const { file, signature } = await client.representation.sign(listText.write(list));
		const bytes = encodePublication({
			text: new Uint8Array(round.bytes),
			list: { file, signature },
			signatories: this.signatories.map(filesOf),
			files: input.files,
		});
		const content = { address: list.address, list: file, signature, digest: digestOf(bytes) };
		const rule = this.refusal({ type: 'publication.propose', content });
		if (rule) throw new Problem('not-allowed', { rule });
		await client.publishing.propose(space.id, list.address, bytes);
		await this.do({ type: 'publication.propose', content });
	}

	/**
	 * Fetches what another coordinator laid down and holds it against the own log.
	 * @throws Problem `offline`, `not-found`, `tampered` with what differs
	 */
	async review(edition: Edition, reservations: ListText['reservations']): Promise<Publication> {
		const { client, space } = this.statements;
		await checkEdition(this.#statement, this.#roundThere(), this.stream, edition, reservations);
		const bytes = await client.publishing.waiting(space.id, edition.address);
		if (digestOf(bytes) !== edition.digest) throw new Problem('tampered', { reason: 'publication' });
		const publication = decodePublication(bytes);
		const { faults } = await examine(publication);
		const isSame = toBase64url(publication.list.file) === toBase64url(edition.file);
		if (!isSame || faults.length > 0 || fileFaults(edition.list, publication.files).length > 0)
			throw new Problem('tampered', { reason: 'publication' });
		return publication;
	}

	/** Stands by it, at the server first: the log tells of what is there. */
	async confirm({ id, address, digest }: Edition): Promise<void> {
		const act = { type: 'publication.confirm', content: { said: id } } as const;
		const rule = this.refusal(act);
		if (rule) throw new Problem('not-allowed', { rule });
		await this.statements.client.publishing.confirm(this.statements.space.id, address, digest);
		await this.do(act);
	}

	/** Organisations that have not signed, of those whose people are in the space. */
	missingFrom(organisations: readonly OrganisationId[]): readonly OrganisationId[] {
		const signed = new Set(this.#statement.signatures.filter(({ state }) => state !== 'withdrawn').map(({ organisation }) => organisation));
		return organisations.filter((organisation) => !signed.has(organisation));
	}

	#roundThere(): Round {
		if (!this.round) throw new Problem('not-allowed', { rule: 'round-is-open' });
		return this.round;
	}
}

/** Made where a statement opens. */
export const [useOpenStatement, provideOpenStatement] = createContext<OpenStatement>();
