import type { AccountId, Hash, StreamId } from '@multaqa/shared/bytes/ids';
import type { Cbor } from '@multaqa/shared/bytes/cbor';
import type { Bilingual } from '@multaqa/shared/documents/pair';
import { Problem } from '@multaqa/shared/problem';
import { secondsIn } from '@multaqa/shared/publication/signed-text';
import { signatureFile } from '@multaqa/shared/statements/signing';
import type { Mark, Round, Statement } from '@multaqa/shared/statements/statement-types';
import { markFile, markOf, WITHHELD, WITHHELD_WITHDRAWAL, withheldWithdrawalFile } from '@multaqa/shared/statements/withheld';
import type { Statements } from './statements.svelte.ts';

/**
 * `sent`: no coordinator's program has it yet. `half`: one of two has. `counted`. `asked`: it was taken back, and is
 * counted until one of the two opens the forum. `gone`: it was taken back, and counts no longer.
 */
export type OwnWithheldState = 'none' | 'sent' | 'half' | 'counted' | 'asked' | 'gone';

/** What this device remembers of what it sent: nobody else could tell it, the log least of all. */
interface Sent {
	readonly keepers: readonly AccountId[];
	readonly mark: Hash;
	/** Seconds since 1970. */
	readonly signed: number;
	readonly takenBack: number | null;
}

const KEEPERS = 2;
const seconds = (): number => Math.floor(Date.now() / 1000);

/** The signature that the own organisation gave with its name withheld, as far as this device can tell. */
export class OwnWithheld {
	readonly #statements: Statements;
	readonly #stream: StreamId;
	readonly #key: string;
	#sent = $state.raw<Sent | null>(null);
	#revision = 0;

	constructor(statements: Statements, stream: StreamId) {
		this.#statements = statements;
		this.#stream = stream;
		// Keys of drafts stand on the device as they are: this one does not tell what it is of.
		this.#key = `statement:${stream}`;
		void this.#open();
	}

	/** As the log has it: any representative's program knows the own mark. */
	#mark({ marks }: Statement): Mark | null {
		const own = [this.#sent?.mark, this.#statements.ownMark(this.#stream)];
		return marks.find(({ mark }) => own.includes(mark)) ?? null;
	}

	state(statement: Statement): OwnWithheldState {
		const [mark, sent] = [this.#mark(statement), this.#sent];
		const held = mark?.keepers.length ?? 0;
		if (sent && sent.takenBack !== null) return held >= KEEPERS ? 'asked' : 'gone';
		if (held > 0) return held >= KEEPERS ? 'counted' : 'half';
		if (mark && mark.dropped !== null && mark.dropped >= (sent?.signed ?? 0)) return 'gone';
		return sent && !this.#answeredOpenly(statement, sent) ? 'sent' : 'none';
	}

	/** Signs so that two coordinators alone learn it: nothing of whose it is stands in the log. */
	async sign(round: Round, statement: Statement, name: Bilingual, keepers: readonly [AccountId, AccountId]): Promise<void> {
		const time = Math.max(seconds(), this.#last(statement) + 1);
		const signed = await this.#signed(signatureFile(round, { stream: this.#stream, name, time }));
		const { signature: mark } = await this.#statements.client.representation.sign(markFile(this.#stream));
		await this.#send(keepers, WITHHELD, { ...signed, mark });
		await this.#keep({ keepers, mark: markOf(mark), signed: time, takenBack: null });
	}

	/** Takes it back, by a letter to those who hold it or were sent it. @throws Problem `not-found` when none is known here */
	async takeBack(statement: Statement): Promise<void> {
		const keepers = [...new Set([...(this.#sent?.keepers ?? []), ...(this.#mark(statement)?.keepers ?? [])])];
		const mark = this.#sent?.mark ?? this.#statements.ownMark(this.#stream);
		if (keepers.length === 0 || !mark) throw new Problem('not-found');
		const time = Math.max(seconds(), this.#sent?.signed ?? 0);
		await this.#send(keepers, WITHHELD_WITHDRAWAL, await this.#signed(withheldWithdrawalFile(this.#stream, time)));
		await this.#keep({ keepers, mark, signed: this.#sent?.signed ?? 0, takenBack: time });
	}

	/** Sends nothing of it that this device, or another, has already overtaken: what an organisation signs last stands. */
	#last({ signatures }: Statement): number {
		const own = signatures.filter(({ organisation }) => organisation === this.#statements.signsFor);
		const times = own.flatMap(({ said, withdrawal }) => [said.signed, ...(withdrawal ? [withdrawal.said.withdrawn] : [])]);
		return Math.max(this.#sent?.signed ?? 0, this.#sent?.takenBack ?? 0, ...times.map(secondsIn));
	}

	#answeredOpenly({ signatures }: Statement, { signed }: Sent): boolean {
		return signatures.some((one) => one.organisation === this.#statements.signsFor && secondsIn(one.said.signed) >= signed);
	}

	async #signed(file: Uint8Array<ArrayBuffer>) {
		const { signature, key } = await this.#statements.client.representation.sign(file);
		return { stream: this.#stream, file, signature, key };
	}

	async #send(to: readonly AccountId[], kind: string, content: object): Promise<void> {
		const { client, space } = this.#statements;
		await client.letters.send(to, { space: space.id, kind, content: content as unknown as Cbor });
	}

	async #keep(sent: Sent): Promise<void> {
		this.#sent = sent;
		const written = this.#statements.client.writeDraft(this.#key, JSON.stringify(sent), this.#revision);
		this.#revision = await written.catch(() => this.#revision);
	}

	async #open(): Promise<void> {
		const kept = await this.#statements.client.readDraft(this.#key);
		if (!kept || this.#sent) return;
		this.#revision = kept.revision;
		this.#sent = JSON.parse(kept.text) as Sent;
	}
}
