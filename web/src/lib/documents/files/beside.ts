import type { ExportedText, ExportOptions } from '@multaqa/shared/exchange/exported-text';
import type { Taken } from '@multaqa/shared/exchange/taken';
import { Problem } from '@multaqa/shared/problem';
import type { ExchangeQuestion, ExchangeReply, FileFormat, MadeFile } from '../../client/exchange-messages.ts';
import { startWorker } from '../../client/our-workers.ts';
import { fetchTypefaces } from '../../client/typefaces.ts';

/** Makes a file of a text on this device. @throws Problem `offline` when what makes it is not here yet */
export async function makeFile(make: FileFormat, text: ExportedText, options: ExportOptions): Promise<MadeFile> {
	const typefaces = make === 'pdf' ? await fetchTypefaces() : null;
	const reply = await asked({ make, text, options, typefaces });
	return 'made' in reply ? reply.made : failed(reply);
}

/** Takes the text out of a file. @throws Problem as `fromDocx` */
export async function takeFile(read: Blob): Promise<Taken> {
	const reply = await asked({ read });
	return 'taken' in reply ? reply.taken : failed(reply);
}

/** Takes the text out of a clipboard. @throws Problem as `fromPasted` */
export async function takePasted(pasted: { readonly html: string; readonly text: string }): Promise<Taken> {
	const reply = await asked({ pasted });
	return 'taken' in reply ? reply.taken : failed(reply);
}

function failed(reply: ExchangeReply): never {
	throw 'problem' in reply ? new Problem(reply.problem, reply.detail) : new Problem('internal');
}

/** A worker for each question: what hostile files leave behind goes with it. */
const asked = (question: ExchangeQuestion): Promise<ExchangeReply> =>
	new Promise((resolve, reject) => {
		const worker = startWorker('documents');
		const settle = (act: () => void) => {
			worker.terminate();
			act();
		};
		worker.addEventListener('message', ({ data }: MessageEvent<ExchangeReply>) => settle(() => resolve(data)));
		worker.addEventListener('error', (event) => {
			event.preventDefault();
			// Without a message the script itself did not arrive.
			settle(() => reject(new Problem(event.message ? 'file-uncleanable' : 'offline')));
		});
		worker.postMessage(question);
	});
