import type { AccountId, Hash, InvitationId, SpaceId } from '../bytes/ids.ts';
import { readBody } from '../chain/bodies.ts';
import type { Link } from '../chain/link.ts';
import { rankOf, type Role } from '../chain/roles.ts';
import { recipientsHash, type Recipient } from '../chain/roster.ts';

interface Stay {
	readonly role: Role;
	readonly until: number | null;
}

interface ModelSpace {
	readonly members: Map<AccountId, Stay>;
	/** Proposed removals of coordinators: who, by whom, until when. */
	readonly motions: Map<AccountId, { by: AccountId; expires: number }>;
	/** How far each person's log was cited. */
	readonly cited: Map<AccountId, number>;
	/** Who may hold the key in force: its recipients, and whoever entered since. */
	holders: Set<AccountId>;
	history: 'everything' | 'joining';
	directory: number;
}

interface ModelInvitation {
	readonly by: AccountId;
	readonly role: Role;
	readonly organisation: string;
	readonly spaces: readonly SpaceId[];
	readonly kem: Hash;
	readonly expires: number;
	readonly approval: boolean;
	readonly replaces: AccountId | null;
	readonly created: number;
	ended: number | null;
}

const WEEK = 7 * 24 * 60 * 60;

/**
 * The bookkeeping of somebody naive who believes every accepted link, writes down what it says, and finds contradictions.
 * Written from the design, not from the reducer: it shares only the schemas of bodies with it.
 */
export class Model {
	readonly accounts = new Map<AccountId, { organisation: string; admitted: number; removed: number | null }>();
	readonly coordinators = new Map<AccountId, { from: number; to: number | null }[]>();
	readonly spaces = new Map<SpaceId, ModelSpace>();
	readonly #keys = new Map<AccountId, { seq: number; hash: Hash }[]>();
	readonly #invitations = new Map<InvitationId, ModelInvitation>();
	readonly #motions = new Map<AccountId, { by: AccountId; expires: number }>();
	readonly #organisationsEnded = new Map<string, number>();
	#host = '';
	#seq = 0;

	/** Takes an accepted link. @returns what it contradicts */
	take(link: Link): readonly string[] {
		if (link.kind === 'user') return this.#takeUser(link);
		return link.kind === 'directory' ? this.#takeDirectory(link) : this.#takeRoster(link);
	}

	belongs(account: AccountId, at = this.#seq): boolean {
		const known = this.accounts.get(account);
		return known !== undefined && known.admitted <= at && (known.removed === null || known.removed > at);
	}

	coordinates(account: AccountId, at = this.#seq): boolean {
		return (this.coordinators.get(account) ?? []).some(({ from, to }) => from <= at && (to === null || to > at));
	}

	get coordinatorsNow(): readonly AccountId[] {
		return [...this.coordinators.keys()].filter((account) => this.coordinates(account));
	}

	/** The role of somebody who is there, at a time. */
	roleIn(space: SpaceId, account: AccountId, time: number): Role | null {
		const stay = this.spaces.get(space)?.members.get(account);
		return stay && (stay.until === null || time < stay.until) ? stay.role : null;
	}

	membersOf(space: SpaceId, time: number, directory = this.#seq): readonly AccountId[] {
		return [...(this.spaces.get(space)?.members.keys() ?? [])].filter(
			(account) => this.roleIn(space, account, time) !== null && this.belongs(account, directory),
		);
	}

	#takeUser(link: Link): readonly string[] {
		const keys = this.#keys.get(link.by) ?? [];
		if (link.type === 'identity.create') keys.push({ seq: 0, hash: readBody('identity.create', link.body).key });
		if (link.type === 'key.new') keys.push({ seq: link.seq, hash: readBody('key.new', link.body).key });
		this.#keys.set(link.by, keys);
		return link.device === null && (link.chain as string) === link.by ? [] : ['somebody else wrote in a user log'];
	}

	#takeDirectory(link: Link): readonly string[] {
		const { seq, by, type, body, time } = link;
		const wrong: string[] = [];
		if (seq > 0 && type !== 'account.admit' && !this.belongs(by)) wrong.push('a stranger changed the directory');
		if (seq > 0 && !['account.admit', 'recovery.refuse'].includes(type) && !this.coordinates(by))
			wrong.push('no coordinator, and yet the directory changed');
		this.#seq = seq;
		if (type === 'forum.create') this.#found(link);
		if (type === 'invitation.create') {
			const { invitation, ...rest } = readBody('invitation.create', body);
			this.#invitations.set(invitation, { ...rest, by, created: seq, ended: null });
		}
		if (type === 'invitation.revoke') this.#endInvitation(readBody('invitation.revoke', body).invitation, seq, wrong);
		if (type === 'account.admit') this.#admit(link, wrong);
		if (type === 'account.remove') this.#remove(readBody('account.remove', body).account, seq, wrong);
		if (type === 'organisation.remove') this.#removeOrganisation(readBody('organisation.remove', body).organisation, seq, wrong);
		if (type === 'coordinator.add') this.#coordinators(readBody('coordinator.add', body).account).push({ from: seq, to: null });
		if (type === 'coordinator.remove' && carries(this.#motions, link, (account) => this.coordinates(account), time, true)) {
			const term = this.#coordinators(readBody('coordinator.remove', body).account).at(-1);
			if (term) term.to = seq;
		}
		if (this.coordinatorsNow.length === 0) wrong.push('a forum without a coordinator');
		if (this.coordinatorsNow.some((account) => !this.belongs(account))) wrong.push('a coordinator who does not belong to the forum');
		return wrong;
	}

	#found({ by, body }: Link): void {
		this.#host = readBody('forum.create', body).host;
		this.accounts.set(by, { organisation: this.#host, admitted: 0, removed: null });
		this.#coordinators(by).push({ from: 0, to: null });
	}

	#coordinators(account: AccountId): { from: number; to: number | null }[] {
		const terms = this.coordinators.get(account) ?? [];
		this.coordinators.set(account, terms);
		return terms;
	}

	#endInvitation(id: InvitationId, seq: number, wrong: string[]): void {
		const invitation = this.#invitations.get(id);
		if (!invitation || invitation.ended !== null) wrong.push('an invitation ended twice, or never was');
		else invitation.ended = seq;
	}

	#admit({ by, body, seq, time }: Link, wrong: string[]): void {
		const { invitation: id } = readBody('account.admit', body);
		const invitation = this.#invitations.get(id);
		if (!invitation) return void wrong.push('admitted without an invitation');
		if (this.#organisationsEnded.has(invitation.organisation)) wrong.push('admitted into an organisation that is gone');
		if (time > invitation.expires) wrong.push('admitted after the end of an invitation');
		if (!this.coordinates(invitation.by)) wrong.push('admitted by somebody who no longer coordinates');
		if (this.accounts.has(by)) wrong.push('admitted a second time');
		this.#endInvitation(id, seq, wrong);
		if (invitation.replaces !== null && this.belongs(invitation.replaces)) this.#remove(invitation.replaces, seq, wrong);
		this.accounts.set(by, { organisation: invitation.organisation, admitted: seq, removed: null });
	}

	#remove(id: AccountId, seq: number, wrong: string[]): void {
		const account = this.accounts.get(id);
		if (!account || account.removed !== null) wrong.push('removed somebody who was not there');
		else account.removed = seq;
	}

	#removeOrganisation(organisation: string, seq: number, wrong: string[]): void {
		if (organisation === this.#host) wrong.push('the host was removed');
		for (const [id, account] of this.accounts)
			if (account.organisation === organisation && account.removed === null) this.#remove(id, seq, wrong);
		this.#organisationsEnded.set(organisation, seq);
	}

	#takeRoster(link: Link): readonly string[] {
		const { chain, seq, by, type, body, time, directory, log } = link;
		const wrong: string[] = [];
		const at = directory?.seq ?? -1;
		if (!this.belongs(by, at)) wrong.push('written by somebody outside of the forum');
		if (type === 'space.create') this.spaces.set(chain, newSpace(by, at));
		const space = this.spaces.get(chain);
		if (!space) return ['a roster without a beginning'];
		if (at < space.directory) wrong.push('the directory went back');
		space.directory = at;
		const enters = type === 'member.add' && readBody('member.add', body).invitation !== null;
		if (seq > 0 && !enters && this.roleIn(chain, by, time) === null) wrong.push('written by somebody who is no member');
		this.#change(space, link, wrong);
		if (log) cite(space, by, log.seq, wrong);
		const leads = [...space.members.values()].some(({ role }) => role === 'coordinator');
		if (!leads) wrong.push('a space without a coordinator');
		return wrong;
	}

	#change(space: ModelSpace, link: Link, wrong: string[]): void {
		const { chain, by, type, body, time } = link;
		const actor = this.roleIn(chain, by, time);
		if (type === 'member.add') this.#enter(space, link, wrong);
		if (type === 'policy.set') {
			if (actor !== 'coordinator') wrong.push('the policy was set from below');
			space.history = readBody('policy.set', body).history;
		}
		if (type === 'role.set') {
			const { account, role } = readBody('role.set', body);
			const stay = space.members.get(account);
			if (!stay || !actor || rankOf(role) > rankOf(actor)) wrong.push('a role was granted from below');
			else space.members.set(account, { ...stay, role });
		}
		if (type === 'member.rekey') {
			const { account, log } = readBody('member.rekey', body);
			cite(space, account, log.seq, wrong);
		}
		if (type === 'member.remove') this.#leave(space, link, wrong);
		if (type === 'key.rotate') this.#rotate(space, link, wrong);
	}

	#enter(space: ModelSpace, { chain, by, body, time }: Link, wrong: string[]): void {
		const { account, role, until, invitation, log } = readBody('member.add', body);
		if (this.roleIn(chain, account, time) !== null) wrong.push('somebody entered twice');
		if (!this.belongs(account, space.directory)) wrong.push('somebody entered from outside of the forum');
		const inviter = invitation === null ? by : (this.#invitations.get(invitation)?.by ?? by);
		const granted = this.roleIn(chain, inviter, time);
		if (!granted || rankOf(granted) < rankOf('facilitator') || rankOf(granted) < rankOf(role)) wrong.push('somebody was let in from below');
		if (log) cite(space, account, log.seq, wrong);
		space.members.set(account, { role, until });
		space.holders.add(account);
	}

	#leave(space: ModelSpace, link: Link, wrong: string[]): void {
		const { chain, by, body, time } = link;
		const { account } = readBody('member.remove', body);
		const [actor, target] = [this.roleIn(chain, by, time), this.roleIn(chain, account, time)];
		if (!actor || !target) return void wrong.push('somebody left who was not there');
		const both = actor === 'coordinator' && target === 'coordinator';
		if (by !== account && !both && (rankOf(actor) < rankOf('facilitator') || rankOf(actor) <= rankOf(target)))
			wrong.push('somebody was removed from below');
		if (carries(space.motions, link, (mover) => this.roleIn(chain, mover, time) === 'coordinator', time, both))
			space.members.delete(account);
	}

	#rotate(space: ModelSpace, { chain, body, time }: Link, wrong: string[]): void {
		const members = this.membersOf(chain, time, space.directory).toSorted();
		const recipients = [...members.map((id) => ({ id, key: this.#keyOf(space, id) })), ...this.#openInvitations(space, chain, time)];
		if (readBody('key.rotate', body).recipients !== recipientsHash(recipients)) wrong.push('a key went to others than the members');
		space.holders = new Set(members);
	}

	#keyOf(space: ModelSpace, account: AccountId): Hash {
		const at = space.cited.get(account) ?? 0;
		return this.#keys.get(account)?.findLast(({ seq }) => seq <= at)?.hash ?? ('' as Hash);
	}

	#openInvitations(space: ModelSpace, id: SpaceId, time: number): readonly Recipient[] {
		if (space.history === 'joining') return [];
		const opens = ({ by, role, spaces, approval, created, ended, expires, organisation }: ModelInvitation) => {
			const inviter = this.roleIn(id, by, time);
			const grants = inviter !== null && rankOf(inviter) >= rankOf('facilitator') && rankOf(inviter) >= rankOf(role);
			const open =
				created <= space.directory &&
				![ended, this.#organisationsEnded.get(organisation)].some((place) => typeof place === 'number' && place <= space.directory) &&
				time <= expires;
			return open && grants && !approval && spaces.includes(id) && this.coordinates(by, space.directory);
		};
		return [...this.#invitations]
			.filter(([, invitation]) => opens(invitation))
			.map(([invitation, { kem }]) => ({ id: invitation, key: kem }))
			.toSorted((a, b) => (a.id < b.id ? -1 : 1));
	}
}

const newSpace = (founder: AccountId, directory: number): ModelSpace => ({
	members: new Map([[founder, { role: 'coordinator', until: null }]]),
	motions: new Map(),
	cited: new Map(),
	holders: new Set([founder]),
	history: 'everything',
	directory,
});

function cite({ cited }: ModelSpace, account: AccountId, seq: number, wrong: string[]): void {
	if (seq < (cited.get(account) ?? 0)) wrong.push('a user log went back');
	cited.set(account, Math.max(seq, cited.get(account) ?? 0));
}

/** Whether a removal takes effect: at once, or as the second of two voices. */
function carries(
	motions: ModelSpace['motions'],
	{ by, body }: Link,
	entitled: (account: AccountId) => boolean,
	time: number,
	takesTwo: boolean,
): boolean {
	const { account } = readBody('member.remove', body);
	const motion = motions.get(account);
	const open = motion && time <= motion.expires && entitled(motion.by) && motion.by !== by;
	if (!takesTwo || by === account || open) {
		motions.delete(account);
		return true;
	}
	motions.set(account, { by, expires: time + WEEK });
	return false;
}
