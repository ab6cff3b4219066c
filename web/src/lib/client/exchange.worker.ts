import { utf8 } from '@multaqa/shared/bytes/bytes';
import { DOCX_LIMIT, fromDocx } from '@multaqa/shared/exchange/docx/from-docx';
import { toDocx } from '@multaqa/shared/exchange/docx/write';
import { toMarkdown } from '@multaqa/shared/exchange/markdown';
import { fromPasted } from '@multaqa/shared/exchange/pasted/from-pasted';
import { toPdf } from '@multaqa/shared/exchange/pdf/pdf';
import { toPlain } from '@multaqa/shared/exchange/plain';
import type { Taken } from '@multaqa/shared/exchange/taken';
import { isProblem, Problem } from '@multaqa/shared/problem';
import type { ExchangeQuestion, ExchangeReply, FileFormat, MadeFile } from './exchange-messages.ts';

/**
 * Makes one file of a text, or takes the text out of one, beside the page: what a hostile file leaves behind goes with
 * the worker. It reaches nothing, so the page hands it the typefaces; in one piece, so that the
 * program's copy on this device holds all of it.
 */
addEventListener('message', ({ data }: MessageEvent<ExchangeQuestion>) => {
	void answer(data).then(
		(reply) => postMessage(reply, { transfer: 'made' in reply ? [reply.made.bytes.buffer] : [] }),
		(error: unknown) => {
			const { code, detail } = isProblem(error) ? error : new Problem('file-uncleanable');
			postMessage({ problem: code, detail } satisfies ExchangeReply);
		},
	);
});

async function answer(question: ExchangeQuestion): Promise<ExchangeReply> {
	if ('make' in question) return { made: make[question.make](question) };
	return { taken: 'read' in question ? await taken(question.read) : fromPasted(question.pasted) };
}

type Make = Extract<ExchangeQuestion, { make: FileFormat }>;

const make: Record<FileFormat, (question: Make) => MadeFile> = {
	docx: ({ text, options }) => ({ bytes: toDocx(text, options), undrawn: [] }),
	pdf: ({ text, options, typefaces }) => toPdf(text, options, typefaces ?? { regular: [], strong: [] }),
	markdown: ({ text, options }) => ({ bytes: utf8(toMarkdown(text, options)), undrawn: [] }),
	plain: ({ text, options }) => ({ bytes: utf8(toPlain(text, options)), undrawn: [] }),
};

async function taken(file: Blob): Promise<Taken> {
	// Before it is read: a film of a gigabyte would end the page.
	if (file.size > DOCX_LIMIT) throw new Problem('too-large', { limit: DOCX_LIMIT, actual: file.size });
	return fromDocx(new Uint8Array(await file.arrayBuffer()));
}
