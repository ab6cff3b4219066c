import type { Bytes } from '../bytes/bytes.ts';
import { idBytes, type ChainId, type SpaceId } from '../bytes/ids.ts';
import { recipientsHash, recipientsOf } from '../chain/roster.ts';
import { Problem } from '../problem.ts';
import type { Stage } from './chains.ts';
import { commitmentOf } from './generations.ts';

/** A new space with its first key: `space.create` and `key.rotate` for its creator alone. */
export async function createSpaceLinks(
	stage: Stage,
	forum: ChainId,
	random: (length: number) => Bytes,
): Promise<{ space: SpaceId; generation: number; key: Bytes }> {
	const { chain: space } = await stage.add({
		kind: 'roster',
		chain: null,
		type: 'space.create',
		body: { forum: idBytes(forum), salt: random(16) },
	});
	const key = random(32);
	const { directory, rosters, users } = stage.world;
	const roster = rosters.get(space);
	if (!directory || !roster) throw new Problem('not-found');
	const recipients = recipientsHash(recipientsOf(roster, directory, users, { directory: directory.seq, time: roster.time }));
	const body = { generation: 1, commitment: commitmentOf(space, 1, key), recipients: idBytes(recipients), back: null };
	await stage.add({ kind: 'roster', chain: space, type: 'key.rotate', body });
	return { space, generation: 1, key };
}
