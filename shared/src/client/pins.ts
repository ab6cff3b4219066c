import type { Hash } from '../bytes/ids.ts';
import type { World } from '../chain/world.ts';
import { Problem } from '../problem.ts';
import { withPin } from '../vault/content.ts';
import type { Findings } from './findings.ts';
import type { Keys } from './keys.ts';
import type { Ports } from './ports.ts';

/** Writing a vault costs some kilobytes: heads are pinned this often, and with every other change of it. */
const PINNING_MS = 6 * 60 * 60 * 1000;
const PINNED_AT = 'pinned-at';

interface Head {
	readonly chain: string;
	readonly seq: number;
	readonly heads: readonly Hash[];
}

function headsOf({ directory, rosters }: World): readonly Head[] {
	return [...(directory ? [directory] : []), ...rosters.values()].map(({ id, seq, heads }) => ({ chain: id, seq, heads }));
}

/**
 * Holds the chains against what this person's devices have seen before. A server that shows less, or
 * something else in the same place, is found out even on a device that knows nothing yet.
 */
export async function checkPins(keys: Keys, world: World, findings: Findings): Promise<void> {
	for (const { chain, heads } of headsOf(world)) {
		const pin = keys.content.pins[chain];
		if (!pin) continue;
		const [seq, head] = pin;
		if (heads[seq] !== head) await findings.report('rollback', chain, new Problem('stale', { rule: 'chains-never-go-back' }));
	}
}

/** Pins the heads when there is something to pin and the last pinning is long enough ago. */
export async function pinWhenDue(ports: Ports, keys: Keys, world: World): Promise<void> {
	if (await isDue(ports, keys, world)) await pinHeads(ports, keys, world);
}

async function isDue(ports: Ports, keys: Keys, world: World): Promise<boolean> {
	const ahead = headsOf(world).some(({ chain, seq }) => seq > (keys.content.pins[chain]?.[0] ?? -1));
	return ahead && ports.now() - ((await ports.store.get<number>('notes', PINNED_AT)) ?? 0) > PINNING_MS;
}

/** Writes the heads into the vault; a pin only ever moves forward. */
async function pinHeads(ports: Ports, keys: Keys, world: World): Promise<void> {
	await keys.update((content) =>
		headsOf(world).reduce((pinned, { chain, seq, heads }) => {
			const head = heads[seq];
			return head && seq > (pinned.pins[chain]?.[0] ?? -1) ? withPin(pinned, chain, seq, head) : pinned;
		}, content),
	);
	await ports.store.write([{ bucket: 'notes', key: PINNED_AT, value: ports.now() }]);
}
