import { insertAccount } from '@multaqa/db/accounts';
import { insertVault } from '@multaqa/db/vaults';
import { accounts, forum } from '@multaqa/shared/api/accounts';
import type { RequestOf } from '@multaqa/shared/api/route';
import type { AccountId, InvitationId } from '@multaqa/shared/bytes/ids';
import { decodeLink } from '@multaqa/shared/chain/link';
import type { World } from '@multaqa/shared/chain/world';
import { Problem } from '@multaqa/shared/problem';
import { announceLinks, closeInvitations } from '../chain/effects.ts';
import { storePublicKeys, namedKeys } from '../chain/public-keys.ts';
import type { Staged } from '../chain/ledger.ts';
import { isAccount } from '../chain/standing.ts';
import { allowWraps, storeWraps } from '../chain/wraps.ts';
import { secondsOf, type Context } from '../context.ts';
import type { Session } from '../session.ts';
import { forgetSharedToken } from '../setup.ts';
import type { Mount } from '../validate.ts';
import { verifyCredential } from './credential.ts';

/** How a forum and its accounts begin. */
export function accountRoutes({ open }: Mount, context: Context): void {
	const { ledger, setup } = context;

	open(forum.read, async () => {
		const { directory } = ledger.world;
		return { forum: directory ? (directory.id as string as AccountId) : null, waiting: directory === null };
	});

	open(forum.probe, async ({ request }) => {
		if (!setup.matches(request.token) || ledger.world.directory) throw new Problem('setup-closed');
		return {};
	});

	open(forum.setup, async ({ request, setCookie }) => {
		const { token, ...account } = request;
		if (!setup.matches(token)) throw new Problem('setup-closed');
		const { session, cookie } = await createAccount(context, account, { require: requireNoForum, allow: allowSetup });
		setup.close();
		if (context.nodes.several) await forgetSharedToken(context.db).catch((error: unknown) => context.log.unexpected(error));
		setCookie(cookie);
		return { account: session.account, nonce: session.nonce };
	});

	open(accounts.create, async ({ request, setCookie }) => {
		const { invitation, ...account } = request;
		const requireOpen = (world: World) => requireInvitation(world, invitation, secondsOf(context));
		requireOpen(ledger.world);
		const { session, cookie } = await createAccount(context, account, {
			require: requireOpen,
			allow: (staged, by) => allowJoin(staged, by, invitation),
		});
		setCookie(cookie);
		return { account: session.account, nonce: session.nonce };
	});
}

type NewAccount = Omit<RequestOf<typeof accounts.create>, 'invitation'>;

/** Who may come in: decided on the world as it is, then on the world as it would become. */
interface Admission {
	readonly require: (world: World) => void;
	readonly allow: (staged: Staged, by: AccountId) => void;
}

/** Links, keys, wraps, credential, vault and session in one transaction: a person arrives whole or not at all. */
async function createAccount(
	context: Context,
	{ links, wraps, publicKeys, credential, vault }: NewAccount,
	{ require, allow }: Admission,
): Promise<{ session: Session; cookie: string }> {
	const [first] = links;
	if (!first) throw new Problem('malformed', { reason: 'links' });
	const { by } = decodeLink(first);
	const verified = await verifyCredential(context, credential, null);
	let begun: { session: Session; cookie: string } | null = null;
	const appended = await context.ledger.append({
		links,
		by,
		require,
		allow(staged) {
			allow(staged, by);
			allowWraps(wraps, by, staged);
		},
		async alongside(transaction, staged) {
			await closeInvitations(transaction, staged);
			await storePublicKeys(transaction, namedKeys(staged.fresh, publicKeys));
			await storeWraps(transaction, wraps, by);
			await insertAccount(transaction, by);
			await verified.store(transaction, by);
			await insertVault(transaction, by, vault);
			begun = await context.sessions.begin(transaction, by);
		},
	});
	// Everything was there before: whoever sends it again has to sign in.
	if (!begun) throw new Problem('stale');
	verified.settle();
	await announceLinks(context, appended, null);
	return begun;
}

function requireNoForum({ directory }: World): void {
	if (directory !== null) throw new Problem('setup-closed');
}

function allowSetup({ after }: Staged, by: AccountId): void {
	if (after.directory?.founder !== by) throw refused('setup-creates-the-forum');
	requireDevice(after, by);
}

/** Known, unused, not revoked, in time by the server's clock. */
function requireInvitation({ directory }: World, id: InvitationId, time: number): void {
	const invitation = directory?.invitations.get(id);
	const isOpen = invitation && invitation.used === null && invitation.revoked === null && invitation.expires > time;
	if (!isOpen) throw new Problem('invitation-invalid');
}

function allowJoin({ before, after }: Staged, by: AccountId, id: InvitationId): void {
	if (before.users.has(by) || !isAccount(after, by)) throw refused('joining-admits-a-new-account');
	if (after.directory?.invitations.get(id)?.used?.account !== by) throw refused('joining-uses-the-invitation');
	requireDevice(after, by);
}

function requireDevice(world: World, account: AccountId): void {
	if ((world.users.get(account)?.devices.size ?? 0) === 0) throw refused('account-has-a-device');
}

const refused = (rule: string) => new Problem('rejected-link', { rule });
