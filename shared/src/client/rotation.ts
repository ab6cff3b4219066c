import type { Wrap } from '../api/schemas.ts';
import { breathe } from '../breathe.ts';
import type { Bytes } from '../bytes/bytes.ts';
import { idBytes, type SpaceId } from '../bytes/ids.ts';
import { citedAt, isDirtyAt, recipientsHash, recipientsOf, roleOf, type Recipient, type Roster } from '../chain/roster.ts';
import { closesHistory } from '../chain/roster-reducer.ts';
import { revokedBetween } from '../chain/user-log.ts';
import type { World } from '../chain/world.ts';
import { Problem } from '../problem.ts';
import type { Stage } from './chains.ts';
import { commitmentOf, sealBack, wrapGeneration } from './generations.ts';
import type { Keys } from './keys.ts';
import type { Ports } from './ports.ts';
import { publicKeys } from './public-keys.ts';
import type { OnProgress } from './types.ts';

/** The next key of a space, made and not yet accepted. */
export interface Rotation {
	readonly space: SpaceId;
	readonly generation: number;
	readonly key: Bytes;
	readonly wraps: readonly Wrap[];
}

interface Rotating {
	readonly ports: Ports;
	readonly keys: Keys;
	readonly onProgress?: OnProgress | undefined;
}

/** Wraps made between two breaths of the page: each takes some milliseconds. */
const AT_ONCE = 8;

/** True when somebody who may still hold the key in force should not: nobody writes until there is another. */
export function needsRenewal(world: World, roster: Roster, time: number): boolean {
	const { directory } = world;
	if (!directory) return false;
	const moment = { seq: roster.seq, directory: directory.seq, time: Math.max(time, roster.time) };
	return isDirtyAt(roster, directory, moment) || undeclared(world, roster, time).length > 0;
}

/** Members of whom a device was revoked and the roster does not say so yet. */
function undeclared({ users }: World, roster: Roster, time: number) {
	return [...roster.terms.keys()].flatMap((account) => {
		const log = users.get(account);
		const revoked = log && log.revocations.length > 0 && revokedBetween(log, citedAt(roster, account) ?? 0);
		return log && revoked && roleOf(roster, account, time) !== null ? [log] : [];
	});
}

/** Adds to a batch what gives a space its next key, for exactly those who should have it. */
export async function addRotation(stage: Stage, space: SpaceId, rotating: Rotating): Promise<Rotation> {
	for (const { account, seq, head } of undeclared(stage.world, rosterOf(stage.world, space), stage.now)) {
		const body = { account: idBytes(account), log: [seq, idBytes(head)] };
		await stage.add({ kind: 'roster', chain: space, type: 'member.rekey', body });
	}
	const { keys, ports } = rotating;
	const roster = rosterOf(stage.world, space);
	const generation = roster.generations.length + 1;
	const key = ports.random(32);
	const previous = closesHistory(roster) ? null : keys.generation(space, generation - 1);
	if (previous === null && !closesHistory(roster)) throw new Problem('wrong-key');
	const recipients = recipientsNow(stage, roster);
	const body = {
		generation,
		commitment: commitmentOf(space, generation, key),
		recipients: idBytes(recipientsHash(recipients)),
		back: previous === null ? null : await sealBack(space, generation, key, previous, ports.random),
	};
	await stage.add({ kind: 'roster', chain: space, type: 'key.rotate', body });
	return { space, generation, key, wraps: await wrapsFor(recipients, { space, generation, key }, rotating) };
}

function rosterOf({ rosters }: World, space: SpaceId): Roster {
	const roster = rosters.get(space);
	if (!roster) throw new Problem('not-found');
	return roster;
}

function recipientsNow({ world, now }: Stage, roster: Roster): readonly Recipient[] {
	if (!world.directory) throw new Problem('not-found');
	return recipientsOf(roster, world.directory, world.users, { directory: world.directory.seq, time: Math.max(now, roster.time) });
}

async function wrapsFor(
	recipients: readonly Recipient[],
	{ space, generation, key }: Omit<Rotation, 'wraps'>,
	{ ports, onProgress }: Rotating,
): Promise<readonly Wrap[]> {
	const publics = await publicKeys(
		ports,
		recipients.map((recipient) => recipient.key),
	);
	const wraps: Wrap[] = [];
	for (const { id, key: name } of recipients) {
		const publicKey = publics.get(name) ?? new Uint8Array();
		wraps.push({ space, generation, recipient: id, bytes: await wrapGeneration(publicKey, space, generation, key) });
		if (wraps.length % AT_ONCE === 0) {
			onProgress?.({ step: 'rotation', done: wraps.length, total: recipients.length });
			await breathe();
		}
	}
	return wraps;
}
