import { encodeCbor } from '../bytes/cbor.ts';
import type { Hash, SpaceId } from '../bytes/ids.ts';
import { termAt } from '../chain/roster.ts';
import { decodeEvent, verifyEvent } from '../log/event.ts';
import { checkAuthorship } from '../log/rules.ts';
import { Problem } from '../problem.ts';
import type { EvidenceActions } from './actions.ts';
import type { ForumCore } from './forum-core.ts';
import type { SignedProof } from './letter-types.ts';
import type { VerifiedEvent } from './types.ts';

/** Takes events out of the log with their signatures, and holds those that others took out against the chains. */
export class Evidence implements EvidenceActions {
	readonly #forum: Pick<ForumCore, 'chains' | 'spaces'>;

	constructor(forum: Pick<ForumCore, 'chains' | 'spaces'>) {
		this.#forum = forum;
	}

	async of(space: SpaceId, event: Hash): Promise<SignedProof> {
		const log = this.#forum.spaces.get(space)?.log;
		if (!log) throw new Problem('not-found');
		const { signed, signature } = await log.signed(event);
		return { signed, signature };
	}

	async check(space: SpaceId, { signed, signature }: SignedProof): Promise<VerifiedEvent | null> {
		try {
			const { world } = this.#forum.chains;
			const event = await decodeEvent(encodeCbor([signed, signature]));
			checkAuthorship(event, { space, stream: event.stream, generation: event.generation }, world);
			if (!(await verifyEvent(event))) return null;
			const { id, stream, generation, type, author, voice, device, time, content } = event;
			const roster = world.rosters.get(space);
			const role = (roster && termAt(roster, author, event.chain.seq, time)?.role) ?? 'observer';
			const directory = event.directory.seq;
			const position = this.#forum.spaces.get(space)?.log.positionOf(stream, id) ?? Infinity;
			const who = { author, voice, role, directory, device, parents: event.parents };
			return { verified: true, id, stream, generation, type, ...who, time, content, waiting: false, position };
		} catch {
			return null;
		}
	}
}
