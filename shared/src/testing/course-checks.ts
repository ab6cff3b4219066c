import type { AccountId } from '../bytes/ids.ts';
import type { Directory } from '../chain/directory.ts';
import { abridge, complete, headsOf } from '../chain/abridged.ts';
import type { Link } from '../chain/link.ts';
import { citedAt, isDirtyAt, membersOf, roleOf, type Roster } from '../chain/roster.ts';
import { acceptLink, emptyWorld, type World } from '../chain/world.ts';
import type { Course } from './course.ts';
import { Model } from './course-model.ts';
import { worldDigest } from './describe-world.ts';
import { refusalOf } from './refusal.ts';

/** Where the reducer and the naive model disagree, or an accepted link contradicts what was so; empty when all is well. */
export function contradictions({ proposals }: Course): readonly string[] {
	const model = new Model();
	return proposals
		.filter(({ outcome }) => outcome === 'accepted')
		.flatMap(({ link, before, after, now }) => {
			const wrong = [...model.take(link), ...changedPast(before, after), ...disagreements(model, after, Math.max(now, link.time))];
			return wrong.map((what) => `${link.type} ${link.seq}: ${what}`);
		});
}

function disagreements(model: Model, { directory, rosters }: World, now: number): readonly string[] {
	if (!directory) return [];
	const wrong: string[] = [];
	if (!sameSet(directory.coordinators, model.coordinatorsNow)) wrong.push('who coordinates the forum');
	for (const [account, { removed }] of directory.accounts)
		if ((removed === null) !== model.belongs(account)) wrong.push('who belongs to the forum');
	for (const roster of rosters.values()) wrong.push(...disagreementsAbout(model, roster, directory, Math.max(now, roster.time)));
	return wrong;
}

function disagreementsAbout(model: Model, roster: Roster, directory: Directory, time: number): readonly string[] {
	const { id, seq, terms } = roster;
	const space = model.spaces.get(id);
	const members = model.membersOf(id, time);
	const wrong = [...terms.keys()]
		.filter((account) => roleOf(roster, account, time) !== model.roleIn(id, account, time))
		.map(() => 'who has which role');
	if (!sameSet(membersOf(roster, directory, time), members)) wrong.push('who is a member');
	const left = [...(space?.holders ?? [])].some((holder) => !members.includes(holder));
	if (left && !isDirtyAt(roster, directory, { seq, directory: directory.seq, time }))
		wrong.push('somebody who left holds the key in force, and others may write');
	for (const [account, place] of space?.cited ?? []) if (citedAt(roster, account) !== place) wrong.push('how far user logs were cited');
	return wrong;
}

const sameSet = (one: Iterable<AccountId>, other: Iterable<AccountId>): boolean =>
	[...one].toSorted().join() === [...other].toSorted().join();

/** Every chain that was there still begins as it did. */
function changedPast(before: World, after: World): readonly string[] {
	const chains = (world: World) =>
		new Map<string, readonly string[]>([
			...[...world.users].map(([id, { heads }]) => [`user ${id}`, heads] as const),
			...[...world.rosters].map(([id, { heads }]) => [`roster ${id}`, heads] as const),
			['directory', world.directory?.heads ?? []],
		]);
	const later = chains(after);
	return [...chains(before)].flatMap(([id, heads]) => {
		const now = later.get(id) ?? [];
		return now.length >= heads.length && heads.every((head, place) => head === now[place]) ? [] : [`the history of ${id} changed`];
	});
}

/** Every order in which a server may serve the accepted links says the same in the end. */
export async function ordersThatDiffer(course: Course): Promise<readonly string[]> {
	const links = course.accepted;
	const shared = links.filter(({ kind }) => kind !== 'roster');
	const rosters = links.filter(({ kind }) => kind === 'roster');
	const orders: Record<string, readonly Link[]> = {
		'once more': links,
		'directory and user logs first': [...shared, ...rosters],
		'user logs first': [...links.filter(({ kind }) => kind === 'user'), ...links.filter(({ kind }) => kind === 'directory'), ...rosters],
		'one space after the other': [
			...shared,
			...rosters.toSorted((a, b) => (a.chain === b.chain ? a.seq - b.seq : a.chain < b.chain ? -1 : 1)),
		],
	};
	const expected = worldDigest(course.world);
	const differ: string[] = [];
	for (const [name, order] of Object.entries(orders)) {
		const outcome = await digestOf(order);
		if (outcome !== expected) differ.push(`${name}: ${outcome}`);
	}
	return differ;
}

async function digestOf(links: readonly Link[]): Promise<string> {
	let world = emptyWorld;
	for (const link of links) {
		const before = world;
		const outcome = await refusalOf(async () => {
			world = await acceptLink(before, complete(abridge(link), headsOf(before)));
		});
		if (outcome !== 'accepted') return `${link.type} is refused: ${outcome}`;
	}
	return worldDigest(world);
}

/**
 * A link of a space is judged by what it cites, not by how much of the directory and of user logs has arrived. Links
 * whose ground was missing at the time are judged later anyway.
 */
export async function judgedOtherwiseLater({ proposals, world }: Course): Promise<readonly string[]> {
	const differ: string[] = [];
	for (const { link, outcome, before } of proposals) {
		if (link.kind !== 'roster' || outcome === 'unknown-sender') continue;
		const later = await refusalOf(acceptLink({ ...world, rosters: before.rosters }, link));
		if ((later === 'accepted') !== (outcome === 'accepted')) differ.push(`${link.type}: ${outcome}, later ${later}`);
	}
	return differ;
}
