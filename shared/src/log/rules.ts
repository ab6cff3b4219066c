import type { SpaceId, StreamId } from '../bytes/ids.ts';
import { isAccountAt, isRepresentativeAt, type Directory } from '../chain/directory.ts';
import { isDirtyAt, generationAt, termAt, type Roster } from '../chain/roster.ts';
import { mayWrite } from '../chain/roles.ts';
import { deviceStands } from '../chain/user-log.ts';
import type { World } from '../chain/world.ts';
import { Problem } from '../problem.ts';
import { ATTEST } from './attest.ts';
import { indexStreamOf } from './derived-streams.ts';
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
	// A later generation than the signed one: written before a renewal, sent after it, sealed anew by its own device.
	const moved = event.space !== place.space || event.stream !== place.stream || event.generation > place.generation;
	if (moved) throw new Problem('tampered', { rule: 'event-stays-in-its-place' });
	checkDevice(event, world);
	const roster = world.rosters.get(event.space);
	const { directory } = world;
	if (!roster || !directory || event.chain.seq > roster.seq || event.directory.seq > directory.seq) throw new Problem('unknown-sender');
	allow('one-history', roster.heads[event.chain.seq] === event.chain.head);
	allow('one-history', directory.heads[event.directory.seq] === event.directory.head);
	checkRole(event, roster, directory);
	checkVoice(event, directory);
	checkGeneration(event, roster, directory);
}

function checkDevice(event: SignedEvent, world: World): void {
	const log = world.users.get(event.author);
	if (!log || event.log.seq > log.seq) throw new Problem('unknown-sender');
	allow('device-stands', deviceStands(log, event.device, event.log));
}

function checkRole(event: SignedEvent, roster: Roster, directory: Directory): void {
	allow('author-is-a-member-of-the-forum', isAccountAt(directory, event.author, event.directory.seq));
	const term = termAt(roster, event.author, event.chain.seq, event.time);
	allow('author-is-a-member-of-the-space', term !== null);
	if (isOwnAffair(event)) return;
	allow('role-may-write', term.role !== null && mayWrite(term.role));
}

/** In the name of an organisation speaks who represents it. */
function checkVoice({ voice, author, directory: { seq } }: SignedEvent, directory: Directory): void {
	allow('voice-is-a-representatives', voice === 'person' || isRepresentativeAt(directory, author, seq));
}

/** Who may only read may still say who they are and what they see: in the index stream, about themselves. */
export function isOwnAffair({ space, stream, type }: Pick<SignedEvent, 'space' | 'stream' | 'type'>): boolean {
	return (type.startsWith('profile.') || type === ATTEST) && stream === indexStreamOf(space);
}

/** Nobody writes while a removal waits, and nobody under a key that was already replaced. */
function checkGeneration(event: SignedEvent, roster: Roster, directory: Directory): void {
	const generation = generationAt(roster, event.chain.seq);
	allow('event-uses-the-generation-of-its-head', generation?.generation === event.generation);
	allow('cites-belong-together', (generation?.directory ?? 0) <= event.directory.seq);
	const moment = { seq: event.chain.seq, directory: event.directory.seq, time: event.time };
	allow('nobody-writes-before-the-rotation', !isDirtyAt(roster, directory, moment));
}

function allow(rule: string, holds: boolean): asserts holds {
	if (!holds) throw new Problem('not-allowed', { rule });
}
