import { loginHandle } from '../api/proof.ts';
import { MAX_ENVELOPE } from '../api/schemas.ts';
import { utf8, type Bytes } from '../bytes/bytes.ts';
import { encodeCbor } from '../bytes/cbor.ts';
import { idBytes } from '../bytes/ids.ts';
import { rootFrom } from '../client/accounts.ts';
import { enrolmentContext, enrolmentKeys } from '../client/enrolment.ts';
import { abridge } from '../chain/abridged.ts';
import { invitationFragment, openInvitation } from '../client/invitation.ts';
import { MemoryStore } from '../client/memory-store.ts';
import type { Ports } from '../client/ports.ts';
import { beginRecovery, recoveryFragment } from '../client/recovery-request.ts';
import { isSafetyCodeOf } from '../client/verification.ts';
import { seal } from '../crypto/seal.ts';
import { Problem } from '../problem.ts';
import { paragraphsOf, piecesOf } from '../text/direction.ts';
import { markupOf } from '../text/markup.ts';
import { spelled } from '../text/markup-short.ts';
import { occursIn, plainOf } from '../text/markup-plain.ts';
import { skeleton } from '../text/skeleton.ts';
import { readSheetCode, sheetCode } from '../vault/sheet.ts';
import type { HostileReader } from './hostile-readers.ts';
import type { Person } from './person.ts';
import { START, TestForum, type Company } from './test-forum.ts';

/** Bytes of the longest text that a page takes from a clipboard or a camera. */
const MOST_PASTED = 1024 * 1024;

/** What people paste, type and scan, and what lies behind the links they open. */
export async function textReaders({ forum, alice, bob }: Company): Promise<readonly HostileReader[]> {
	const text = (name: string, read: (typed: string) => unknown, sample: string): HostileReader => ({
		name,
		read: (bytes) => read(new TextDecoder().decode(bytes)),
		sample: utf8(sample),
		most: MOST_PASTED,
	});
	const { directory } = forum;
	const scanned = `multaqa-safety-code:1:${'A'.repeat(86)}`;
	return [
		text('the code of a recovery sheet', readSheetCode, sheetCode(alice.random(19))),
		text(
			'the fragment of an invitation',
			(typed) => openInvitation(offline, typed),
			invitationFragment(alice.random(16), directory.id, alice.identity.publicKey),
		),
		text('the fragment of an enrolment', (typed) => rootFrom(offline, { fragment: typed }), `device.${'A'.repeat(22)}`),
		text('the fragment of a recovery', (typed) => beginRecovery(offline, directory.id, typed), recoveryFragment(directory.id, bob.account)),
		text('a scanned safety code', (typed) => isSafetyCodeOf(typed, alice.account, bob.account), scanned),
		text('a login name', (typed) => loginHandle(directory.id, typed), 'ليلى'),
		{ ...text('a name, as the eye sees it', unheardOf(skeleton), 'منظمة Ηope'), most: 16 * 1024 },
		{
			...text('a text with marks of direction', (typed) => [piecesOf(typed, true), paragraphsOf(typed)], 'a\u202Eb\u200F\nc'),
			most: MAX_ENVELOPE,
		},
		{
			...text(
				'the text of a post, as it is shown and quoted',
				shown,
				`# عنوان\n- **مهم** https://example.org\n> [x](post:${'A'.repeat(43)})\n> y`,
			),
			most: MAX_ENVELOPE,
		},
		text('a text with short forms', (typed) => spelled(typed, { mention: () => null, post: () => null }), '@[ليلى] `@[x]`'),
		await letterReader(alice),
		await bundleReader(alice),
	];
}

function shown(typed: string): boolean {
	const words = plainOf(markupOf(typed));
	return occursIn(words, `${words} ${words}`);
}

/** What an inviter with another program seals into an invitation that is sound otherwise. */
async function letterReader(alice: Person): Promise<HostileReader> {
	const forum = new TestForum();
	await forum.introduce(alice);
	await forum.found(alice);
	const secret = alice.random(16);
	const { keys } = await forum.invite({ ...alice, random: () => secret });
	const links = forum.links.map(abridge);
	const fragment = invitationFragment(secret, forum.directory.id, alice.identity.publicKey);
	return {
		name: 'the letter of an invitation',
		read: async (letter) => {
			const sealed = await seal(keys.sealing, 'invitation-sealing', letter, idBytes(keys.id), alice.random);
			return openInvitation(serverThatAnswers({ links, sealed, wraps: [] }), fragment);
		},
		sample: encodeCbor({ forum: 'ملتقى', organisation: 'منظمة', inviter: 'أليس', spaces: ['الأولى'] }),
	};
}

/** What somebody who has the link of an enrolment leaves in its place. */
async function bundleReader(alice: Person): Promise<HostileReader> {
	const { id, sealing } = await enrolmentKeys(new Uint8Array(16));
	return {
		name: 'what an enrolled device left',
		read: async (root) => {
			const sealed = await seal(sealing, 'enrolment-sealing', root, enrolmentContext(id), alice.random);
			return rootFrom(serverThatAnswers({ sealed }), { fragment: `device.${'A'.repeat(22)}` });
		},
		sample: new Uint8Array(19),
	};
}

const portsWith = (call: () => Promise<unknown>): Ports =>
	({
		now: () => START * 1000,
		store: new MemoryStore(),
		random: (length: number): Bytes => new Uint8Array(length),
		transport: { call },
	}) as unknown as Ports;

const serverThatAnswers = (answer: unknown): Ports => portsWith(async () => answer);

const offline = portsWith(async () => {
	throw new Problem('offline');
});

/** What is asked for twice may be remembered; here it is new every time. */
function unheardOf(read: (typed: string) => unknown): (typed: string) => unknown {
	let asked = 0;
	return (typed) => read(`${typed}${asked++}`);
}
