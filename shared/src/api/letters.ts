import * as v from 'valibot';
import { route } from './route.ts';
import { accountId, bytes, count, MAX_LETTER } from './schemas.ts';

const nothing = v.strictObject({});

/** Sealed letters from one person to another: whom they are from is inside. */
export const letters = {
	/** Answers the same whether or not there is such an account. */
	write: route('POST', '/api/letters', 'session', {
		request: v.strictObject({ to: accountId, bytes: bytes(MAX_LETTER) }),
		answer: nothing,
		limit: MAX_LETTER + 1024,
	}),
	/** Letters to the asker after a number, the oldest first; as many as fit into one answer. */
	read: route('POST', '/api/letters/read', 'session', {
		request: v.strictObject({ after: count }),
		answer: v.strictObject({ letters: v.array(v.strictObject({ number: count, bytes: bytes(MAX_LETTER) })), more: v.boolean() }),
	}),
};
