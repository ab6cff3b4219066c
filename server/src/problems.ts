import { isProblem, Problem, problems, type ProblemDetail } from '@multaqa/shared/problem';

/** What may be told of a Problem, by code; everything else of its detail stays here. */
function publicDetail({ code, detail }: Problem): ProblemDetail {
	if (code === 'internal') return {};
	const { retryAfter, rule, reason, limit, actual } = detail;
	return JSON.parse(JSON.stringify({ retryAfter, rule, reason, limit, actual })) as ProblemDetail;
}

/** Everything that goes wrong ends as one of the Problems that travel; the unexpected as `internal`. */
export function travelling(error: unknown): Problem {
	return isProblem(error) && problems[error.code] > 0 ? error : new Problem('internal');
}

/** RFC 9457 `application/problem+json`. `code` is ours; `title` repeats it, since nothing else is ever shown. */
export function problemResponse(problem: Problem): Response {
	const status = problems[problem.code];
	const detail = publicDetail(problem);
	const headers: Record<string, string> = { 'content-type': 'application/problem+json' };
	if (detail.retryAfter !== undefined) headers['retry-after'] = String(detail.retryAfter);
	if (problem.code === 'too-large') headers['connection'] = 'close';
	return new Response(JSON.stringify({ type: 'about:blank', title: problem.code, status, code: problem.code, ...detail }), {
		status,
		headers,
	});
}
