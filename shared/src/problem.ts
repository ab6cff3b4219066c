/**
 * One shape for everything that can fail for a known reason, on the wire (RFC 9457
 * `application/problem+json`), in the engine and in the page. The page maps `code` to a sentence in the
 * reader's language; nothing else of a problem is ever shown.
 */
export const problems = {
	// input
	malformed: 400,
	'too-large': 413,
	'unknown-version': 400,
	// who is asking
	unauthenticated: 401,
	'device-proof-required': 401,
	'sign-in-failed': 401,
	'too-many-attempts': 429,
	'foreign-origin': 403,
	// what is asked; "not there" and "not allowed" look the same to an outsider
	'not-found': 404,
	'invitation-invalid': 404,
	'setup-closed': 404,
	'handle-taken': 409,
	/** Nothing but the recovery sheet would be left to sign in with. */
	'last-way': 409,
	stale: 409,
	'rejected-link': 422,
	// the machine
	'storage-full': 507,
	/** Whom a letter is for has no room for another one of its sender. */
	'box-full': 507,
	'storage-unavailable': 503,
	internal: 500,
	// only inside the engine: they never travel
	offline: 0,
	tampered: 0,
	'wrong-key': 0,
	'weak-key': 0,
	'unknown-sender': 0,
	'not-allowed': 0,
	dirty: 0,
	locked: 0,
	'passkey-unsupported': 0,
	cancelled: 0,
	'code-mismatch': 0,
	/** This browser was revoked from another one. */
	'device-revoked': 0,
	/** This device's clock is so far off that the forum cannot follow it. */
	'clock-wrong': 0,
	/** The name resembles one that is there. */
	'name-confusable': 0,
	'text-empty': 0,
	'text-too-long': 0,
	/** A file of a kind that cannot be attached. */
	'file-unsupported': 0,
	/** Its name says that it is of another kind than it is. */
	'file-mislabelled': 0,
	/** Metadata cannot be taken out of it for certain. */
	'file-uncleanable': 0,
	/** A passphrase stands before it. */
	'file-locked': 0,
} as const satisfies Record<string, number>;

export type ProblemCode = keyof typeof problems;

/** What accompanies a code: numbers and rule names only, never ids, names or text. */
export interface ProblemDetail {
	/** Seconds until the next try is worth making (`too-many-attempts`, `storage-unavailable`). */
	retryAfter?: number;
	/** Which chain rule refused the link (`rejected-link`, `not-allowed`). */
	rule?: string;
	/** What exactly is malformed: for developers, in English, never shown. */
	reason?: string;
	/** The limit that was passed (`text-too-long`, `too-large`). */
	limit?: number;
	/** How much there was (`text-too-long`). */
	actual?: number;
}

/** The only error class of the project. */
export class Problem extends Error {
	readonly code: ProblemCode;
	readonly detail: ProblemDetail;

	constructor(code: ProblemCode, detail: ProblemDetail = {}) {
		super(detail.reason ? `${code}: ${detail.reason}` : code);
		this.name = 'Problem';
		this.code = code;
		this.detail = detail;
	}
}

/** True for a {@link Problem}, of one of `codes` if any are given. */
export function isProblem(error: unknown, ...codes: ProblemCode[]): error is Problem {
	return error instanceof Problem && (codes.length === 0 || codes.includes(error.code));
}
