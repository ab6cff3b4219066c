import type { AccountId, OrganisationId } from '../bytes/ids.ts';
import type { Role } from '../chain/roles.ts';
import { digestOf } from '../publication/signed-text.ts';
import { withheldOf } from './drawing-up.ts';
import { lastConfirmed, refusalOf, type Held } from './rules.ts';
import type { Statement } from './statement-types.ts';
import type { Actor } from './standing.ts';

/**
 * What a statement asks of somebody. `sign`: the organisation has not. `second`: one has signed, and another has to stand by it. `publish`:
 * it is closed, and nobody has laid an edition down. `confirm`: another coordinator has. `reissue`: somebody withdrew who is named in public.
 */
export type WaitKind = 'sign' | 'second' | 'publish' | 'confirm' | 'reissue';
export interface Wait {
	readonly kind: WaitKind;
	/** When it is over: seconds since 1970. */
	readonly until: number | null;
}

export interface Asked {
	readonly account: AccountId;
	/** For which this person may sign; `null`: for none. */
	readonly organisation: OrganisationId | null;
	readonly role: Role;
	/** The organisation has signed with its name withheld: only its own people know. */
	readonly withheld?: boolean;
}

/** What is asked of this person now, which nobody else has done. `now`: seconds since 1970. */
export function waitsOf(held: Held, { account, organisation, role, withheld = false }: Asked, now: number): readonly Wait[] {
	const { statement } = held;
	const { round } = statement;
	if (!round) return [];
	const waits: Wait[] = [];
	const actor: Actor = { account, role, voice: 'organisation', time: now, at: null };
	const isOpen = !round.ended && now <= round.closes;
	if (isOpen && organisation !== null) {
		const own = statement.signatures.filter((one) => one.organisation === organisation && one.state !== 'false');
		// Who took it back has answered, too.
		if (own.length === 0 && !withheld) waits.push({ kind: 'sign', until: round.closes });
		const mayStandBy = own.some(
			({ id, state }) =>
				state === 'waits-for-second' && refusalOf({ type: 'signature.second', content: { said: id } }, actor, held) === null,
		);
		if (mayStandBy) waits.push({ kind: 'second', until: round.closes });
	}
	return role === 'coordinator' && !isOpen ? [...waits, ...toPublish(held, actor)] : waits;
}

function toPublish(held: Held, actor: Actor): readonly Wait[] {
	const { statement } = held;
	const edition = statement.editions.at(-1);
	const once = (kind: WaitKind): readonly Wait[] => [{ kind, until: null }];
	if (!edition) return once('publish');
	if (!edition.confirmed) {
		const act = { type: 'publication.confirm', content: { said: edition.id } } as const;
		return refusalOf(act, { ...actor, voice: 'person' }, held) === null ? once('confirm') : [];
	}
	return isOutdated(statement) ? once('reissue') : [];
}

/** Somebody is named in public, or counted among those who are not, who has withdrawn since. */
export function isOutdated(statement: Statement): boolean {
	const list = lastConfirmed(statement)?.list;
	if (list && list.withheld !== withheldOf(statement)) return true;
	const rows = list?.signatories ?? [];
	const gone = statement.signatures.filter(({ state }) => state === 'withdrawn').map(({ file }) => digestOf(file));
	return rows.some(({ signature, withdrawal }) => withdrawal === null && gone.includes(signature));
}
