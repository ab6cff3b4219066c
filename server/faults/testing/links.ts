import { chains } from '@multaqa/shared/api/chain';
import { encodeCbor } from '@multaqa/shared/bytes/cbor';
import { idBytes, type ChainId, type Hash } from '@multaqa/shared/bytes/ids';
import type { World } from '@multaqa/shared/chain/world';
import { signingKeyFromSeed } from '@multaqa/shared/crypto/sign';
import { keyHash, random, signLinks, type Draft, type Person } from '../../src/testing/person.ts';

/** What was sent to the directory, in order, and whether it was acknowledged. */
export interface SentLink {
	readonly hash: Hash;
	acknowledged: boolean;
}

export interface LinkWriterParts {
	readonly person: Person;
	readonly forum: ChainId;
	readonly host: Uint8Array;
	readonly world: World;
	up(): Promise<void>;
}

/** One signed link after another, each sent until it is acknowledged. `most`: how many at all, since each start verifies them. */
export async function writeLinks(
	{ person, forum, host, world, up }: LinkWriterParts,
	sent: SentLink[],
	may: () => boolean,
	done: () => boolean,
) {
	let known = world;
	while (!done()) {
		await up();
		if (!may()) {
			await new Promise((resolve) => setTimeout(resolve, 10));
			continue;
		}
		const { draft, kem } = await invitation(forum, host);
		const signed = await signLinks(person, known, [draft]);
		const link = signed.links[0]!;
		const entry: SentLink = { hash: link.hash, acknowledged: false };
		sent.push(entry);
		const body = encodeCbor({ links: [link.bytes], wraps: [], publicKeys: [kem] });
		while (!entry.acknowledged) {
			await up();
			const response = await person.browser.send(chains.append, { body }).catch(() => null);
			if (response && !response.ok) throw new Error(`a link was answered ${response.status} ${await response.text()}`);
			entry.acknowledged = response !== null;
		}
		known = signed.world;
	}
}

async function invitation(forum: ChainId, organisation: Uint8Array): Promise<{ draft: Draft; kem: Uint8Array<ArrayBuffer> }> {
	const key = await signingKeyFromSeed(random(32));
	const kem = random(1216);
	const body = {
		invitation: key.publicKey,
		kem: idBytes(keyHash(kem)),
		organisation,
		role: 'member',
		spaces: [],
		expires: Math.floor(Date.now() / 1000) + 3600,
		approval: true,
		replaces: null,
	};
	return { draft: { kind: 'directory', chain: forum, type: 'invitation.create', body }, kem };
}
