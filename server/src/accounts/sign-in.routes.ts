import { advancePasskey, findPasskey, findPassphrase } from '@multaqa/db/accounts';
import { movePush } from '@multaqa/db/notifications';
import { readVault } from '@multaqa/db/vaults';
import { session as sessionApi } from '@multaqa/shared/api/accounts';
import { sessionMessage } from '@multaqa/shared/api/proof';
import type { AccountId } from '@multaqa/shared/bytes/ids';
import { verify } from '@multaqa/shared/crypto/sign';
import { Problem } from '@multaqa/shared/problem';
import { randomBytes } from 'node:crypto';
import { isAccount } from '../chain/standing.ts';
import type { Context } from '../context.ts';
import type { Mount } from '../validate.ts';
import { credentialIdOf, requestOptions, verifyPasskey } from './passkeys.ts';

/** Any key that no one has the private half of: an account that does not exist costs the same work. */
const NOBODY = new Uint8Array(randomBytes(32));

/** Sign-in and sign-out. Every failure is `sign-in-failed`: nothing tells an account that exists from one that does not. */
export function signInRoutes({ open, member }: Mount, context: Context): void {
	const { db, exchanges, ledger, limits, publicUrl, realtime, sessions } = context;

	open(sessionApi.passphraseStart, async ({ request: { handle, request } }) => {
		limits.attempt(handle);
		const known = await findPassphrase(db, handle);
		const { state, response } = await exchanges.opaque.start(handle, known?.record ?? null, request);
		return { attempt: exchanges.logins.keep({ handle, state }), response };
	});

	open(sessionApi.passphraseFinish, async ({ request: { attempt, finish }, setCookie }) => {
		const login = exchanges.logins.take(attempt);
		if (!login || !(await exchanges.opaque.finish(login.state, finish))) throw failed();
		limits.forgive(login.handle);
		const known = await findPassphrase(db, login.handle);
		return signIn(context, known?.account ?? null, setCookie);
	});

	open(sessionApi.passkeyStart, async () => {
		const { challenge, options } = await requestOptions(publicUrl);
		return { attempt: exchanges.passkeys.keep(challenge), options };
	});

	open(sessionApi.passkeyFinish, async ({ request: { attempt, response }, setCookie }) => {
		const challenge = exchanges.passkeys.take(attempt);
		const id = credentialIdOf(response);
		const passkey = challenge !== null && id !== null ? await findPasskey(db, id) : null;
		if (challenge === null || passkey === null) throw failed();
		const counter = await verifyPasskey(publicUrl, passkey, challenge, response);
		if (counter === null) throw failed();
		await advancePasskey(db, passkey.id, counter);
		return signIn(context, passkey.account, setCookie);
	});

	open(sessionApi.identityStart, async () => {
		const nonce = new Uint8Array(randomBytes(32));
		return { attempt: exchanges.identities.keep(nonce), nonce };
	});

	open(sessionApi.identityFinish, async ({ request: { attempt, account, signature }, setCookie }) => {
		const nonce = exchanges.identities.take(attempt);
		const identity = ledger.world.users.get(account)?.ik ?? NOBODY;
		const signed = await verify(identity, 'session', sessionMessage(account, nonce ?? NOBODY), signature);
		if (nonce === null || !signed) throw failed();
		return signIn(context, account, setCookie);
	});

	member(sessionApi.bind, async ({ session, device }) => {
		if (device && session.device === null) {
			await sessions.bind(session, device);
			await movePush(db, session.account, device, session.id);
		}
		return {};
	});

	member(sessionApi.list, async ({ session }) => ({
		sessions: (await sessions.list(session.account)).map((entry) => ({ ...entry, current: entry.id === session.id })),
	}));

	member(sessionApi.endOne, async ({ request: { id }, session }) => {
		const own = (await sessions.list(session.account)).some((entry) => entry.id === id);
		if (!own) throw new Problem('not-found');
		await sessions.end(id);
		realtime.endSession(id);
		return {};
	});

	member(sessionApi.read, async ({ session: { account, nonce } }) => ({ account, nonce }));

	member(sessionApi.end, async ({ session, setCookie }) => {
		await sessions.end(session.id);
		realtime.endSession(session.id);
		setCookie(sessions.blank);
		return {};
	});
}

async function signIn({ db, ledger, sessions }: Context, account: AccountId | null, setCookie: (value: string) => void) {
	if (account === null || !isAccount(ledger.world, account)) throw failed();
	const vault = await readVault(db, account);
	if (!vault) throw failed();
	const { session, cookie } = await sessions.begin(db, account);
	setCookie(cookie);
	return { account, nonce: session.nonce, vault };
}

const failed = () => new Problem('sign-in-failed');
