import { isProblem } from '../problem.ts';

/**
 * What refused the work: the name of the rule, or the problem's code where no rule is named. `accepted` when
 * nothing did. Anything but a Problem is a bug, and is thrown.
 */
export async function refusalOf(work: Promise<unknown> | (() => unknown)): Promise<string> {
	try {
		await (typeof work === 'function' ? work() : work);
		return 'accepted';
	} catch (error) {
		if (!isProblem(error)) throw error;
		return error.detail.rule ?? error.code;
	}
}
