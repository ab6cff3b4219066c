import { isProblem } from '../problem.ts';

/** Runs a reader on hostile input: it may answer or throw a Problem, nothing else. How soon, `npm run bench` says (promise G12). */
export async function mustStandUp(read: (input: Uint8Array) => unknown, input: Uint8Array): Promise<void> {
	try {
		await read(input);
	} catch (error) {
		if (!isProblem(error)) throw error;
	}
}
