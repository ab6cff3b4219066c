import { Problem } from '@multaqa/shared/problem';
import type { CleanQuestion, CleanReply, PreparedFile } from '../client/clean-messages.ts';

/** Takes metadata out of a file. @throws Problem as `cleanFile`; `offline` when what does it is not on this device */
export type Cleaner = (question: CleanQuestion) => Promise<PreparedFile>;

/** A worker for each file: what hostile files leave behind goes with it. */
export const cleanBeside =
	(start: () => Worker): Cleaner =>
	(question) =>
		new Promise<PreparedFile>((resolve, reject) => {
			const worker = start();
			const settle = (act: () => void) => {
				worker.terminate();
				act();
			};
			worker.addEventListener('message', ({ data }: MessageEvent<CleanReply>) => {
				settle(() => ('prepared' in data ? resolve(data.prepared) : reject(new Problem(data.problem, data.detail))));
			});
			worker.addEventListener('error', (event) => {
				event.preventDefault();
				// Without a message the script itself did not arrive.
				settle(() => reject(new Problem(event.message ? 'file-uncleanable' : 'offline')));
			});
			worker.postMessage(question);
		});
