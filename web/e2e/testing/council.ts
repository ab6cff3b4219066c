import type { Cbor } from '@multaqa/shared/bytes/cbor';
import type { AccountId, Hash, OrganisationId, StreamId } from '@multaqa/shared/bytes/ids';
import type { Role, Voice } from '@multaqa/shared/client/types';
import { aYearAfter } from '@multaqa/shared/positions/days';
import { snapshotOf } from '@multaqa/shared/positions/decision-rules';
import type { Stance } from '@multaqa/shared/positions/events';
import { issuesOf } from '@multaqa/shared/positions/issues';
import { registerOf } from '@multaqa/shared/positions/register';
import type { Register } from '@multaqa/shared/positions/register-types';
import { standingOf } from '@multaqa/shared/positions/standing-of';
import { secretOf, sent, until, type Person, type TestForum } from './forum.ts';

const DAY = 24 * 60 * 60;
const seconds = (): number => Math.floor(Date.now() / 1000);
export const accountOf = ({ client }: Person): AccountId => client.status.account as AccountId;
export const organisationOf = ({ client }: Person): OrganisationId => client.forum?.organisation as OrganisationId;

/** Somebody of an organisation, who may speak for it unless it is said otherwise. */
export async function joinFor(
	forum: TestForum,
	organisation: OrganisationId,
	name: string,
	{ role = 'member', represents = true }: { readonly role?: Role; readonly represents?: boolean } = {},
): Promise<Person> {
	const { client } = forum.alice;
	const { fragment } = await client.invite({ organisation, role, approval: false, spaces: [forum.space.id] });
	const person = await forum.arrive();
	await person.client.join({ fragment, person: name, secret: secretOf(name) });
	if (!represents) return person;
	await client.people.addRepresentative(accountOf(person));
	await until(`${name} represents`, () => person.client.spaces[0]?.may.speakForOrganisation === true);
	return person;
}

/** Says something in the space's index or an issue, having read what came before. */
export async function says(
	forum: TestForum,
	person: Person,
	stream: StreamId,
	type: string,
	content: object,
	voice: Voice = 'person',
): Promise<Hash> {
	await person.client.refresh(forum.space.id);
	const id = await person.client.append(forum.space.id, stream, type, content as Cbor, voice);
	await sent(person);
	return id;
}

export const paragraph = (name: string, ar: string, en: string) => ({ id: name, ar, en });
export const TEXT = [
	paragraph('one', 'نطالب بلجنة مستقلة.', 'We ask for an independent body.'),
	paragraph('two', 'تُنشر النتائج.', 'Its findings are published.'),
];

/** An issue with its first text. */
export async function openIssue(forum: TestForum, person: Person, title = 'لجنة المفقودين'): Promise<{ stream: StreamId; version: Hash }> {
	const stream = person.client.newStream();
	await says(forum, person, forum.space.index, 'issue.open', { stream, title: { ar: title, en: '' }, question: null });
	return { stream, version: await propose(forum, person, stream, null, TEXT) };
}

export const propose = (
	forum: TestForum,
	person: Person,
	stream: StreamId,
	after: Hash | null,
	paragraphs: readonly object[],
): Promise<Hash> =>
	says(forum, person, stream, 'position.propose', {
		after,
		paragraphs,
		reason: after === null ? null : 'بعد الملاحظات',
		frozen: null,
		takes: [],
	});

export const stance = (version: Hash, more: Partial<Stance> = {}): Stance => ({
	version,
	after: null,
	value: 'support',
	reason: null,
	principle: null,
	reservations: [],
	condition: null,
	mandate: { by: 'board', day: Math.floor(seconds() / DAY) - 2 },
	visibility: 'named',
	validUntil: aYearAfter(seconds()),
	confirms: null,
	...more,
});

export const takes = (forum: TestForum, person: Person, stream: StreamId, said: Stance, voice: Voice = 'organisation'): Promise<Hash> =>
	says(forum, person, stream, 'stance.take', { ...said, opens: null }, voice);

/** Opens a decision about a version by consent, for everybody who is in the space. */
export async function decides(forum: TestForum, person: Person, stream: StreamId, version: Hash, more: object = {}): Promise<Hash> {
	await person.client.refresh(forum.space.id);
	const members = person.client.spaces[0]?.members ?? [];
	const eligible = [...new Set(members.flatMap(({ organisation }) => organisation ?? []))];
	const constituencies = snapshotOf(eligible, standingOf(person.client, forum.space.id), null);
	const terms = { version, model: { kind: 'consent' }, quorum: 50, closes: seconds() + 3_600, eligible, constituencies, hidden: null };
	return says(forum, person, stream, 'decision.open', { ...terms, ...more });
}

/** An issue as somebody's device reads it. */
export function registerSeenBy({ client }: Person, forum: TestForum, stream: StreamId): Register {
	const { id, index } = forum.space;
	const opener = issuesOf(client.events(id, index)).find((issue) => issue.stream === stream)?.opener ?? null;
	return registerOf(client.events(id, stream), { standing: standingOf(client, id), opener });
}

/** An issue with everything that its page can show: a reservation, constituencies, and a decision that runs. */
export async function walkedIssue(forum: TestForum): Promise<StreamId> {
	const { alice, space } = forum;
	await says(forum, alice, space.index, 'organisation.settings', { two: false, constituencies: ['المهجر'] }, 'organisation');
	const { stream, version } = await openIssue(forum, alice);
	const reservation = { type: 'wording', paragraph: 'two', text: 'متى تُنشر؟', suggestion: null, from: null } as const;
	await takes(forum, alice, stream, stance(version, { value: 'support-with-reservations', reservations: [reservation] }));
	await decides(forum, alice, stream, version);
	return stream;
}
