import type { SignatureCheck, Verifiers } from '@multaqa/shared/crypto/verify';
import { Problem } from '@multaqa/shared/problem';
import { packChecks, type VerifyQuestion, type VerifyReply } from './verify-messages.ts';

/** How long workers that have nothing to do are kept: a small phone wants their memory back. */
const IDLE_MS = 5_000;
/** A worker that does not answer in this time is given up, and the page does its work. */
const PATIENCE_MS = 20_000;

/** As many as the device has cores beside the page's own, three at most. */
export const workerCount = (cores: number): number => Math.min(3, Math.max(1, cores - 1));

/**
 * Checks signatures in workers, each taking its share. Started with the first checks, ended when there were none for
 * a while.
 * `check` fails with Problem `internal` when a worker does not start or does not answer.
 */
export function createVerifyPool(start: () => Worker, count: number, idle = IDLE_MS): Verifiers {
	let workers: Worker[] = [];
	let busy = 0;
	let timer: ReturnType<typeof setTimeout> | undefined;
	const stop = () => {
		for (const worker of workers) worker.terminate();
		workers = [];
	};
	const stopWhenIdle = () => {
		clearTimeout(timer);
		if (busy === 0) timer = setTimeout(stop, idle);
	};
	const prepare = () => {
		while (workers.length < count) workers.push(start());
		stopWhenIdle();
	};
	const check = async (checks: readonly SignatureCheck[]) => {
		busy++;
		try {
			prepare();
			const size = Math.ceil(checks.length / count);
			const answers = workers.map((worker, place) => ask(worker, checks.slice(place * size, (place + 1) * size)));
			return (await Promise.all(answers)).flat();
		} catch (error) {
			stop();
			throw error;
		} finally {
			busy--;
			stopWhenIdle();
		}
	};
	return { prepare, check };
}

let questions = 0;

function ask(worker: Worker, checks: readonly SignatureCheck[]): Promise<readonly boolean[]> {
	const id = ++questions;
	const packed = packChecks(checks);
	return new Promise((resolve, reject) => {
		const done = new AbortController();
		const { signal } = done;
		const fail = () => settle(() => reject(new Problem('internal')));
		const patience = setTimeout(fail, PATIENCE_MS);
		const settle = (act: () => void) => {
			clearTimeout(patience);
			done.abort();
			act();
		};
		const hear = ({ data }: MessageEvent<VerifyReply>) => {
			if (data.id !== id) return;
			if (data.holds.length === checks.length) settle(() => resolve(data.holds));
			else fail();
		};
		worker.addEventListener('message', hear, { signal });
		worker.addEventListener('error', fail, { signal });
		worker.postMessage({ id, packed } satisfies VerifyQuestion, [packed]);
	});
}
