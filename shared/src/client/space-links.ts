import type { Bytes } from '../bytes/bytes.ts';
import { idBytes, type AccountId, type ChainId, type SpaceId } from '../bytes/ids.ts';
import { recipientsHash } from '../chain/roster.ts';
import type { Stage } from './chains.ts';
import { commitmentOf } from './generations.ts';

/** A new space with its first key: `space.create` and `key.rotate` for its creator alone. */
export async function createSpaceLinks(
	stage: Stage,
	forum: ChainId,
	creator: AccountId,
	random: (length: number) => Bytes,
): Promise<{ space: SpaceId; generation: number; key: Bytes }> {
	const { chain: space } = await stage.add({
		kind: 'roster',
		chain: null,
		type: 'space.create',
		body: { forum: idBytes(forum), salt: random(16) },
	});
	const key = random(32);
	const body = { generation: 1, commitment: commitmentOf(space, 1, key), recipients: idBytes(recipientsHash([creator], [])), back: null };
	await stage.add({ kind: 'roster', chain: space, type: 'key.rotate', body });
	return { space, generation: 1, key };
}
