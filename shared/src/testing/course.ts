import type { Bytes } from '../bytes/bytes.ts';
import type { AccountId, Hash, SpaceId } from '../bytes/ids.ts';
import type { Cite, Link, LinkContent } from '../chain/link.ts';
import { acceptLink, emptyWorld, type World } from '../chain/world.ts';
import { actions, often } from './course-actions.ts';
import { tailOf, type OfferedInvitation, type Stand, type Step, type Wish } from './course-parts.ts';
import { twists } from './course-twists.ts';
import { onAnotherDevice, personNamed, type Person } from './person.ts';
import { unsafeTestingRandom } from './random.ts';
import { refusalOf } from './refusal.ts';
import { DAY, START } from './test-forum.ts';

/** A link as it was put before everybody, and what came of it. */
export interface Proposal {
	readonly link: Link;
	readonly outcome: string;
	readonly before: World;
	readonly after: World;
	/** Seconds since 1970, by everybody's clock but perhaps the author's. */
	readonly now: number;
}

const NAMES = ['Alice', 'Bob', 'Carol', 'Dina', 'Elias', 'Fadi', 'Mallory'];
const DEVICES = 3;

/** People with keys take a while to make and are the same in every course. */
let cast: Promise<readonly (readonly Person[])[]> | null = null;

async function castOf(name: string): Promise<readonly Person[]> {
	const devices = [await personNamed(name)];
	while (devices.length < DEVICES) devices.push(await onAnotherDevice(devices[0] as Person));
	return devices;
}

/** A whole course of a forum: people do this and that, honestly or not, and every link is judged. */
export class Course implements Stand {
	world: World = emptyWorld;
	now = START;
	readonly proposals: Proposal[] = [];
	readonly invitations: OfferedInvitation[] = [];
	readonly people: readonly (readonly Person[])[];
	readonly random: (length: number) => Bytes;

	private constructor(people: readonly (readonly Person[])[], random: (length: number) => Bytes) {
		this.people = people;
		this.random = random;
	}

	/** A forum with two organisations, several coordinators and a space, as far as everybody was honest. */
	static async begin(seed: string): Promise<Course> {
		cast ??= Promise.all(NAMES.map(castOf));
		const course = new Course(await cast, unsafeTestingRandom(seed));
		for (const [action, choice = {}] of BEGINNING) await course.take({ ...FIRST, ...choice }, action);
		return course;
	}

	get accepted(): readonly Link[] {
		return this.proposals.filter(({ outcome }) => outcome === 'accepted').map(({ link }) => link);
	}

	get outcomes(): readonly string[] {
		return this.proposals.map(({ link, outcome }) => `${link.type}: ${outcome}`);
	}

	get spaces(): readonly SpaceId[] {
		return [...this.world.rosters.keys()];
	}

	person(number: number, device = 0): Person {
		const devices = this.people[number % this.people.length] ?? [];
		return devices[device % devices.length] as Person;
	}

	whoIs(account: AccountId): Person {
		const devices = this.people.find(([person]) => person?.account === account) ?? [];
		const known = this.world.users.get(account)?.devices;
		return (devices.find(({ deviceId }) => known?.get(deviceId)?.revoked === null) ?? devices[0]) as Person;
	}

	/** Somebody tries something. @returns the proposals that came of it */
	async take(step: Step, name = actionOf(step.action)): Promise<readonly Proposal[]> {
		const from = this.proposals.length;
		for (const wish of await actions[name](this, step)) {
			const twisted = twists[step.twist] ?? twists[0];
			const unsigned = { content: this.#contentOf(wish), key: wish.byIdentity ? wish.by.identity : wish.by.device };
			const link = await twisted?.(this, step, unsigned);
			if (link) await this.judge(link);
		}
		return this.proposals.slice(from);
	}

	wait(days: number): void {
		this.now += Math.round(days * DAY);
	}

	/** Everybody's rules look at a link. */
	async judge(link: Link): Promise<void> {
		const before = this.world;
		const outcome = await refusalOf(async () => {
			this.world = await acceptLink(before, link);
		});
		this.proposals.push({ link, outcome, before, after: this.world, now: this.now });
	}

	#contentOf({ by, kind, chain, type, body, byIdentity = false }: Wish): LinkContent {
		const tail = tailOf(this.world, kind, chain, by.account);
		const log = this.world.users.get(by.account);
		return {
			kind,
			chain,
			seq: tail ? tail.seq + 1 : 0,
			prev: tail?.head ?? null,
			type,
			body,
			by: by.account,
			device: byIdentity ? null : by.deviceId,
			time: Math.max(this.now, tail?.time ?? 0),
			log: byIdentity ? null : citeOf(log),
			directory: kind === 'roster' ? citeOf(this.world.directory) : null,
		};
	}
}

const names = (Object.keys(actions) as (keyof typeof actions)[]).flatMap((name) => Array.from({ length: often[name] ?? 2 }, () => name));
/** How many actions there are to choose from. */
export const ACTIONS = names.length;
const actionOf = (number: number): keyof typeof actions => names[number % names.length] as keyof typeof actions;

const FIRST: Step = { action: 0, actor: 0, other: 0, space: 0, value: 0, twist: 0 };
const introductions = NAMES.slice(0, -1).flatMap((_, actor) => [['introduce', { actor }] as const, ['introduce', { actor }] as const]);
/** Bob, Carol, Dina and Elias are invited, admitted and enter; Mallory and Fadi stay outside. */
const joiners = [1, 0, 2, 4].flatMap((role, place) => [
	['invite', { actor: 1, other: role, space: 0, value: place % 2 === 0 ? 2 : 3 }] as const,
	['admit', { actor: 10, value: 0 }] as const,
	['enter', { actor: place, value: 1 }] as const,
]);
const BEGINNING: readonly (readonly [keyof typeof actions, Partial<Step>?])[] = [
	...introductions,
	['found'],
	['addOrganisation', { actor: 1 }],
	['createSpace', { actor: 1 }],
	['rotate', { actor: 1 }],
	...joiners,
	['rotate', { actor: 1 }],
	['addCoordinator', { actor: 1, other: 2 }],
];

const citeOf = (chain: { seq: number; head: Hash } | null | undefined): Cite | null =>
	chain ? { seq: chain.seq, head: chain.head } : null;
