import type { SpaceId, StreamId } from '../bytes/ids.ts';
import { isDirtyAt, generationAt, termAt, type Roster } from '../chain/roster.ts';
import { mayWrite } from '../chain/roles.ts';
import { deviceStands } from '../chain/user-log.ts';
import type { World } from '../chain/world.ts';
import { Problem } from '../problem.ts';
import { indexStreamOf } from './index-stream.ts';
import type { SignedEvent } from './event.ts';

/** Where the server says the event belongs. */
export interface ClaimedPlace {
	readonly space: SpaceId;
	readonly stream: StreamId;
	readonly generation: number;
}

/**
 * Everything about an event that only needs the chains: place, author, device, role and generation, each as
 * they were at the heads the event cites. The signature is checked apart.
 * @throws Problem `tampered` (moved), `unknown-sender` (chains not known that far), `not-allowed` with the rule
 */
export function checkAuthorship(event: SignedEvent, place: ClaimedPlace, world: World): void {
	const moved = event.space !== place.space || event.stream !== place.stream || event.generation !== place.generation;
	if (moved) throw new Problem('tampered', { rule: 'event-stays-in-its-place' });
	checkDevice(event, world);
	const roster = world.rosters.get(event.space);
	if (!roster || event.chain.seq > roster.seq) throw new Problem('unknown-sender');
	allow('one-history', roster.heads[event.chain.seq] === event.chain.head);
	checkRole(event, roster);
	checkGeneration(event, roster);
}

function checkDevice(event: SignedEvent, world: World): void {
	const log = world.users.get(event.author);
	if (!log || event.log.seq > log.seq) throw new Problem('unknown-sender');
	allow('device-stands', deviceStands(log, event.device, event.log));
}

function checkRole(event: SignedEvent, roster: Roster): void {
	const term = termAt(roster, event.author, event.chain.seq, event.time);
	allow('author-is-a-member-of-the-space', term !== null);
	allow('role-may-write', term.role !== null && (mayWrite(term.role) || isOwnAffair(event)));
}

/** Who may only read may still say who they are: in the index stream, about themselves. */
export function isOwnAffair({ space, stream, type }: Pick<SignedEvent, 'space' | 'stream' | 'type'>): boolean {
	return type.startsWith('profile.') && stream === indexStreamOf(space);
}

/** Nobody writes while a removal waits, and nobody under a key that was already replaced. */
function checkGeneration(event: SignedEvent, roster: Roster): void {
	allow('nobody-writes-before-the-rotation', !isDirtyAt(roster, event.chain.seq));
	allow('event-uses-the-generation-of-its-head', generationAt(roster, event.chain.seq)?.generation === event.generation);
}

function allow(rule: string, holds: boolean): asserts holds {
	if (!holds) throw new Problem('not-allowed', { rule });
}
