import * as v from 'valibot';
import { route } from './route.ts';
import {
	accountId,
	bytes,
	count,
	deviceId,
	exactly,
	invitationId,
	kemKey,
	link,
	MAX_SEALED,
	MAX_NOTEBOOK,
	MAX_VAULT,
	signature,
	text,
	wrap,
} from './schemas.ts';

/**
 * A login handle: SHA-256 of the label, the forum id and the folded login name, as base64url. The server
 * never sees the name.
 */
const handle = v.pipe(v.string(), v.regex(/^[A-Za-z0-9_-]{43}$/));
/** OPAQUE messages are base64url text, as the library makes them (RFC 9807). */
const opaque = text(4096);
/** What the server needs when a sign-in goes on, sealed for itself: any of its nodes may be asked next. */
const attempt = text(2_048);
/** JSON of WebAuthn options and responses (W3C WebAuthn Level 3 §5.1). */
const webauthn = text(16 * 1024);

/** One way to sign in. */
export const credential = v.variant('kind', [
	v.strictObject({ kind: v.literal('passphrase'), handle, record: opaque }),
	v.strictObject({ kind: v.literal('passkey'), challenge: text(128), response: webauthn }),
]);
export type NewCredential = v.InferOutput<typeof credential>;

const vault = v.strictObject({ version: count, blob: bytes(MAX_VAULT) });
/** A vault to put in place of the version `expected`: `stale` when another one is there. */
const written = v.strictObject({ expected: count, blob: bytes(MAX_VAULT) });
/** Every successful sign-in answers with this and sets the session cookie. */
const signedIn = v.strictObject({ account: accountId, nonce: text(64), vault });

const account = v.strictObject({
	/** In this order: the user log, then the directory, then rosters. Accepted whole or not at all. */
	links: v.pipe(v.array(link), v.maxLength(64)),
	wraps: v.pipe(v.array(wrap), v.maxLength(64)),
	/** Public encryption keys that the links name by hash; stored by content (`hash('public-key', key)`). */
	publicKeys: v.pipe(v.array(kemKey), v.maxLength(8)),
	credential,
	vault: bytes(MAX_VAULT),
});

export const forum = {
	/** What a visitor may know: which forum this is, and whether it still waits to be set up. */
	read: route('GET', '/api/forum', 'public', {
		answer: v.strictObject({ forum: v.nullable(accountId), waiting: v.boolean() }),
	}),
	/** Uses the one-time token of the link that the server printed. `setup-closed` whenever it is not valid. */
	setup: route('POST', '/api/forum', 'public', {
		request: v.strictObject({ token: text(64), ...account.entries }),
		answer: v.strictObject({ account: accountId, nonce: text(64) }),
		limit: MAX_VAULT + 256 * 1024,
	}),
	/** Is this setup token good? So that the page can say so before anything is typed. */
	probe: route('POST', '/api/forum/probe', 'public', { request: v.strictObject({ token: text(64) }) }),
};

export const accounts = {
	/** Joins by an invitation: the links prove it. */
	create: route('POST', '/api/accounts', 'public', {
		request: v.strictObject({ invitation: invitationId, ...account.entries }),
		answer: v.strictObject({ account: accountId, nonce: text(64) }),
		limit: MAX_VAULT + 256 * 1024,
	}),
	/** First message of OPAQUE registration. The same answer whether or not the handle is taken. */
	passphraseStart: route('POST', '/api/accounts/passphrase', 'public', {
		request: v.strictObject({ handle, request: opaque }),
		answer: v.strictObject({ response: opaque }),
	}),
	/** WebAuthn creation options: `rp`, a random `user.id`, the challenge. */
	passkeyStart: route('POST', '/api/accounts/passkey', 'public', {
		answer: v.strictObject({ challenge: text(128), options: webauthn }),
	}),
	/** A further credential, or another passphrase under the same handle, with the vault it opens: both or none. */
	addCredential: route('POST', '/api/accounts/credentials', 'device', {
		request: v.strictObject({ credential, vault: written }),
		answer: v.strictObject({ version: count }),
		limit: MAX_VAULT + 64 * 1024,
	}),
	/** Takes a credential away, with the vault that it no longer opens. `last-way` when it is the only one. */
	removeCredential: route('POST', '/api/accounts/credentials/remove', 'device', {
		request: v.strictObject({ kind: v.picklist(['passphrase', 'passkey']), id: text(1024), vault: written }),
		answer: v.strictObject({ version: count }),
		limit: MAX_VAULT + 64 * 1024,
	}),
};

export const session = {
	/** Whose session this is, and the nonce that device proofs sign. `unauthenticated` without one. */
	read: route('GET', '/api/session', 'session', {
		answer: v.strictObject({ account: accountId, nonce: text(64) }),
	}),
	/** Says which device this session belongs to: it ends when that device is revoked. */
	bind: route('POST', '/api/session/device', 'device'),
	/** Browsers that are signed in to this account; `since` is a day. */
	list: route('GET', '/api/sessions', 'device', {
		answer: v.strictObject({
			sessions: v.array(v.strictObject({ id: text(64), device: v.nullable(deviceId), since: text(10), current: v.boolean() })),
		}),
	}),
	/** Ends one of them. `not-found` when it is none of this account's. */
	endOne: route('POST', '/api/sessions/end', 'device', { request: v.strictObject({ id: text(64) }) }),
	passphraseStart: route('POST', '/api/session/passphrase', 'public', {
		request: v.strictObject({ handle, request: opaque }),
		answer: v.strictObject({ attempt, response: opaque }),
	}),
	passphraseFinish: route('POST', '/api/session/passphrase/finish', 'public', {
		request: v.strictObject({ attempt, finish: opaque }),
		answer: signedIn,
	}),
	passkeyStart: route('POST', '/api/session/passkey', 'public', {
		answer: v.strictObject({ attempt, options: webauthn }),
	}),
	passkeyFinish: route('POST', '/api/session/passkey/finish', 'public', {
		request: v.strictObject({ attempt, response: webauthn }),
		answer: signedIn,
	}),
	/** With the recovery sheet or from an enrolled device: proof of the identity key itself. */
	identityStart: route('POST', '/api/session/identity', 'public', {
		answer: v.strictObject({ attempt, nonce: exactly(32) }),
	}),
	/** `signature` by `IK` over the label `session`, the account id and the nonce. */
	identityFinish: route('POST', '/api/session/identity/finish', 'public', {
		request: v.strictObject({ attempt, account: accountId, signature }),
		answer: signedIn,
	}),
	end: route('DELETE', '/api/session', 'session'),
};

export const vaults = {
	read: route('GET', '/api/vault', 'device', { answer: vault }),
	/** Compare-and-swap: `stale` unless `expected` is the version the server holds. */
	write: route('PUT', '/api/vault', 'device', {
		request: written,
		answer: v.strictObject({ version: count }),
		limit: MAX_VAULT + 1024,
	}),
};

/** What a person keeps for the own devices: how far they have read, how loud threads are. Sealed, like the vault, and small. */
export const notebooks = {
	/** `blob: null`, version 0, before the first time. */
	read: route('GET', '/api/notebook', 'device', {
		answer: v.strictObject({ version: count, blob: v.nullable(bytes(MAX_NOTEBOOK)) }),
	}),
	/** Compare-and-swap: `stale` unless `expected` is the version the server holds. */
	write: route('PUT', '/api/notebook', 'device', {
		request: v.strictObject({ expected: count, blob: bytes(MAX_NOTEBOOK) }),
		answer: v.strictObject({ version: count }),
		limit: MAX_NOTEBOOK + 1024,
	}),
};

export const invitations = {
	/**
	 * What an invitee needs before any key is made. `signature` by the invitation key over the label
	 * `invitation-open` and the forum id. Every failure is `invitation-invalid`, in the same time.
	 */
	open: route('POST', '/api/invitations', 'public', {
		request: v.strictObject({ invitation: invitationId, signature }),
		answer: v.strictObject({
			/** The directory, all user logs and the rosters of the spaces offered, abridged, in the order the server took them. */
			links: v.array(link),
			/** Names of forum, organisation, inviter and spaces, sealed to the link's secret. */
			sealed: bytes(MAX_SEALED),
			wraps: v.array(wrap),
		}),
		packed: true,
	}),
};

export const enrolments = {
	/** An enrolled device leaves a sealed bundle for one new device: 10 minutes, one use. */
	leave: route('POST', '/api/enrolments', 'device', {
		request: v.strictObject({ id: accountId, sealed: bytes(MAX_SEALED) }),
	}),
	take: route('POST', '/api/enrolments/take', 'public', {
		request: v.strictObject({ id: accountId }),
		answer: v.strictObject({ sealed: bytes(MAX_SEALED) }),
	}),
};

/** Value of the `device-proof` header: `<device id>.<base64url signature>`. */
export const deviceProof = v.object({ device: deviceId, signature });
