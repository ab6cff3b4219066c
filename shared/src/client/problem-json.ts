import * as v from 'valibot';
import { Problem, problems, type ProblemCode, type ProblemDetail } from '../problem.ts';

const seconds = v.pipe(v.number(), v.minValue(0), v.maxValue(86_400));
/** A problem is a line; what is longer is not read at all. */
const MOST_BYTES = 4 * 1024;
const size = v.pipe(v.number(), v.integer(), v.minValue(0));

/** RFC 9457, with our `code` and the few numbers that may go with it. */
const document = v.object({
	code: v.picklist(Object.keys(problems) as ProblemCode[]),
	retryAfter: v.optional(seconds),
	rule: v.optional(v.pipe(v.string(), v.maxLength(64))),
	limit: v.optional(size),
	actual: v.optional(size),
});

/** The problem a server answered; what is not one of ours says only that something failed there. */
export function problemFrom(response: Response, body: Uint8Array): Problem {
	const read = v.safeParse(document, json(body));
	if (!read.success) return new Problem(response.status >= 502 && response.status <= 504 ? 'offline' : 'internal');
	const { code, ...numbers } = read.output;
	const retryAfter = numbers.retryAfter ?? retryHeader(response);
	const known = Object.entries({ ...numbers, retryAfter }).filter(([, value]) => value !== undefined);
	return new Problem(code, Object.fromEntries(known) as ProblemDetail);
}

function json(body: Uint8Array): unknown {
	if (body.length > MOST_BYTES) return undefined;
	try {
		return JSON.parse(new TextDecoder().decode(body));
	} catch {
		return undefined;
	}
}

function retryHeader(response: Response): number | undefined {
	const value = Number(response.headers.get('retry-after') ?? Number.NaN);
	return Number.isFinite(value) ? value : undefined;
}
