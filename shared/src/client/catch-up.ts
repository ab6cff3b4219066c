import { session } from '../api/index.ts';
import { NO_NONCE } from './accounts.ts';
import { owesNewKeys, revokeAndRenew } from './devices.ts';
import type { Findings } from './findings.ts';
import type { Membership } from './membership.ts';
import type { OpenSpaces } from './open-spaces.ts';
import { checkPins } from './pins.ts';

/** What catching up needs of the open forum. */
export interface CatchUpParts extends Membership {
	readonly spaces: OpenSpaces;
	readonly findings: Findings;
	/** True when this browser or account has come to its end: nothing more is asked of the server. */
	readonly hasEnded: () => boolean;
}

/** Fetches what happened while there was no line: first who is who, then what was said. */
export class CatchUp {
	readonly #parts: CatchUpParts;
	/** The server knows which device this session is of. */
	#bound = false;

	constructor(parts: CatchUpParts) {
		this.#parts = parts;
	}

	/** False when this browser or account has come to its end. @throws Problem what the line or the server answers */
	async run(): Promise<boolean> {
		const { keys, chains, spaces, findings, hasEnded } = this.#parts;
		await this.#learnNonce();
		await chains.synchronise();
		if (hasEnded()) return false;
		await this.#bind();
		await spaces.synchronise();
		await spaces.dropLeft();
		await this.#renewOwnKeys();
		await spaces.audit();
		await checkPins(keys, chains.world, findings);
		return true;
	}

	/** The account was opened without a line: the session tells now what device proofs sign. */
	async #learnNonce(): Promise<void> {
		const { ports, keys } = this.#parts;
		if (keys.nonce !== NO_NONCE) return;
		keys.nonce = (await ports.transport.call(session.read, { params: {}, request: {} })).nonce;
	}

	async #bind(): Promise<void> {
		if (this.#bound) return;
		const { ports, keys } = this.#parts;
		await ports.transport.call(session.bind, { params: {}, request: {}, prove: keys.prove });
		this.#bound = true;
	}

	/** What a lost device held, or has been in force for a month. */
	async #renewOwnKeys(): Promise<void> {
		const { ports, keys, chains } = this.#parts;
		const log = chains.world.users.get(keys.account);
		if (log && owesNewKeys(log, Math.floor(ports.now() / 1000))) await revokeAndRenew(this.#parts, null);
	}
}
