import * as v from 'valibot';
import type { OrganisationId } from '../bytes/ids.ts';
import { route } from './route.ts';
import { accountId, bytes, count, exactly, hash, kemKey, MAX_WRAP, signature, streamId } from './schemas.ts';

const id16 = streamId as unknown as v.GenericSchema<string, string>;
const organisationId = streamId as unknown as v.GenericSchema<OrganisationId, OrganisationId>;
const box = bytes(256);
const MOST_SHARES = 512;

/** Recovery by two coordinators of different organisations. The server holds boxes and shares it cannot open. */
export const recoveries = {
	/** Replaces what was deposited before. `stale` while an approved request relies on it. */
	deposit: route('PUT', '/api/recoveries/deposit', 'device', {
		request: v.strictObject({
			id: id16,
			/** The root secret, sealed under the key that the shares make up. */
			box,
			/** One for each coordinator; those of one organisation hold the same. */
			shares: v.pipe(
				v.array(v.strictObject({ organisation: organisationId, coordinator: accountId, bytes: bytes(MAX_WRAP) })),
				v.maxLength(MOST_SHARES),
			),
		}),
		limit: MOST_SHARES * (MAX_WRAP + 256) + 1024,
	}),
	/** Ends recovery for the account: deposit, shares and requests are deleted. */
	withdraw: route('DELETE', '/api/recoveries/deposit', 'device'),
	/**
	 * Asks that an account be restored to these keys: 48 hours. The same answer in the same time whether or not there
	 * is such an account; the newest three that nobody approved are kept. Sending it again does no harm.
	 */
	ask: route('POST', '/api/recoveries', 'public', {
		request: v.strictObject({ account: accountId, publicKey: kemKey, signingKey: exactly(32) }),
	}),
	/**
	 * How far a request is. `id` is `recoveryKey`; `signature` by its signing key over the label `recovery-collect` and the
	 * id. With any other signature, or without a request, nobody has approved yet.
	 */
	collect: route('POST', '/api/recoveries/collect', 'public', {
		request: v.strictObject({ id: hash, signature }),
		answer: v.strictObject({
			approvals: count,
			/** Only when two coordinators of different organisations approved. */
			approved: v.nullable(
				v.strictObject({
					deposit: id16,
					box,
					shares: v.pipe(v.array(v.strictObject({ organisation: organisationId, bytes: bytes(MAX_WRAP) })), v.maxLength(2)),
				}),
			),
		}),
	}),
	/** The account is restored, or the request is given up: it is forgotten. `signature` over the label `recovery-end`. */
	end: route('POST', '/api/recoveries/end', 'public', { request: v.strictObject({ id: hash, signature }) }),
	/** Open requests: all of them to coordinators, to everybody else those about the own account. */
	list: route('GET', '/api/recoveries', 'session', {
		answer: v.strictObject({
			requests: v.array(
				v.strictObject({
					account: accountId,
					publicKey: kemKey,
					signingKey: exactly(32),
					/** Seconds since 1970, to the hour. */
					expires: count,
					/** Whether this account deposited anything that could be opened. */
					deposited: v.boolean(),
					/** The caller's share of the deposit. */
					share: v.nullable(v.strictObject({ deposit: id16, organisation: organisationId, bytes: bytes(MAX_WRAP) })),
				}),
			),
		}),
	}),
	/** Forgets a request that no coordinator approved yet: by a coordinator, or by the account itself. */
	dismiss: route('POST', '/api/recoveries/dismiss', 'session', { request: v.strictObject({ id: hash }) }),
};
