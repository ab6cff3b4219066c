import type { Bytes } from '@multaqa/shared/bytes/bytes';
import type { Cbor } from '@multaqa/shared/bytes/cbor';
import type { AccountId, Hash, SpaceId, StreamId } from '@multaqa/shared/bytes/ids';
import type { Client } from '@multaqa/shared/client/types';
import type { Bilingual } from '@multaqa/shared/documents/pair';
import { encodePublication } from '@multaqa/shared/publication/publication';
import { digestOf, listText, type ListText } from '@multaqa/shared/publication/signed-text';
import { SignatureChecks } from '@multaqa/shared/statements/checks';
import { drawUp, filesOf, signatoriesOf } from '@multaqa/shared/statements/drawing-up';
import { signatureFile } from '@multaqa/shared/statements/signing';
import { signingStandingOf } from '@multaqa/shared/statements/standing';
import { statementOf } from '@multaqa/shared/statements/statement';
import type { Round, Statement } from '@multaqa/shared/statements/statement-types';
import { markFile, WITHHELD } from '@multaqa/shared/statements/withheld';
import { withheldIn } from '@multaqa/shared/statements/withheld-letters';

const seconds = (): number => Math.floor(Date.now() / 1000);

/** A statement as the page of somebody works on it, without a screen. */
export class Signatory {
	readonly client: Client;
	readonly #space: SpaceId;
	readonly #stream: StreamId;

	constructor(client: Client, space: SpaceId, stream: StreamId) {
		this.client = client;
		this.#space = space;
		this.#stream = stream;
	}

	says(type: string, content: object, voice?: 'organisation'): Promise<Hash> {
		return this.client.append(this.#space, this.#stream, type, content as Cbor, voice);
	}

	/** What the statement is, and its round, after having read what came. */
	async read(): Promise<{ readonly statement: Statement; readonly round: Round }> {
		await this.client.refresh(this.#space);
		const checks = new SignatureChecks();
		const events = this.client.events(this.#space, this.#stream);
		await checks.look(events);
		const standing = signingStandingOf(this.client, this.#space);
		const statement = statementOf(events, { standing, stream: this.#stream, holds: checks.holds, withWaiting: true });
		if (!statement.round) throw new Error('nobody has called for signatures');
		return { statement, round: statement.round };
	}

	/** For the organisation that this person represents, under a name. */
	async signs(name: Bilingual): Promise<Hash> {
		const { round } = await this.read();
		const { file, signature, key } = await this.client.representation.sign(
			signatureFile(round, { stream: this.#stream, name, time: seconds() }),
		);
		return this.says('signature.give', { file, signature, key }, 'organisation');
	}

	/** So that two coordinators alone learn the name. */
	async signsWithheld(name: Bilingual, keepers: readonly [AccountId, AccountId]): Promise<void> {
		const { round } = await this.read();
		const signed = await this.client.representation.sign(signatureFile(round, { stream: this.#stream, name, time: seconds() }));
		const { signature: mark } = await this.client.representation.sign(markFile(this.#stream));
		const content = { stream: this.#stream, ...signed, mark };
		await this.client.letters.send(keepers, { space: this.#space, kind: WITHHELD, content: content as unknown as Cbor });
	}

	/** As a coordinator's program does: vouches for a withheld signature that came by letter. @returns whether one did */
	async keepsWithheld(): Promise<boolean> {
		const { statement, round } = await this.read();
		const standing = signingStandingOf(this.client, this.#space);
		const held = { statement, round, stream: this.#stream, space: this.#space, standing };
		const [kept] = await withheldIn(this.client.letters.list, held);
		if (kept?.state !== 'stands') return false;
		await this.says('withheld.keep', { mark: kept.mark });
		return true;
	}

	/** Lays an edition down that appears at once. @returns the event, and the digest that another coordinator confirms */
	async proposes(
		address: string,
		publisher: Bilingual,
		reservations: ListText['reservations'] = [],
	): Promise<{ said: Hash; digest: string }> {
		const { statement, round } = await this.read();
		const key = await this.client.representation.prepare();
		const times = { published: seconds(), edited: seconds() };
		const list = listText.write(
			drawUp(statement, round, this.#stream, {
				address,
				...times,
				publisher: { name: publisher, key },
				reservations,
				corrections: [],
				files: [],
			}),
		);
		const { file, signature } = await this.client.representation.sign(list);
		const signatories = signatoriesOf(statement, round, this.#stream).map(filesOf);
		const bytes: Bytes = encodePublication({ text: new Uint8Array(round.bytes), list: { file, signature }, signatories, files: [] });
		const digest = digestOf(bytes);
		await this.client.publishing.propose(this.#space, address, bytes);
		return { said: await this.says('publication.propose', { address, list: file, signature, digest }), digest };
	}

	/** Stands by whatever another coordinator laid down last. @returns its address; `null` while nothing waits */
	async confirmsNewest(): Promise<string | null> {
		const edition = (await this.read()).statement.editions.findLast(({ confirmed }) => confirmed === null);
		if (!edition) return null;
		await this.confirms(edition.address, { said: edition.id, digest: edition.digest });
		return edition.address;
	}

	async confirms(address: string, { said, digest }: { readonly said: Hash; readonly digest: string }): Promise<void> {
		await this.client.refresh(this.#space);
		await this.client.publishing.confirm(this.#space, address, digest);
		await this.says('publication.confirm', { said });
	}
}
