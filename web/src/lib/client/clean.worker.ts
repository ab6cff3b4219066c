import { cleanFile } from '@multaqa/shared/attachments/clean/clean';
import { ATTACHMENT_LIMIT } from '@multaqa/shared/attachments/manifest';
import { isProblem, Problem } from '@multaqa/shared/problem';
import type { CleanQuestion, CleanReply, PreparedFile } from './clean-messages.ts';
import { isLarge, shrunk } from './shrink.ts';

/** Takes metadata out of one file, beside the page. */
addEventListener('message', ({ data }: MessageEvent<CleanQuestion>) => {
	void prepare(data).then(
		(prepared) => postMessage({ prepared } satisfies CleanReply, { transfer: [prepared.bytes.buffer] }),
		(error: unknown) => {
			const { code, detail } = isProblem(error) ? error : new Problem('file-uncleanable');
			postMessage({ problem: code, detail } satisfies CleanReply);
		},
	);
});

async function prepare({ file, name, smaller }: CleanQuestion): Promise<PreparedFile> {
	// Before it is read: a film of a gigabyte would end the page.
	if (file.size > ATTACHMENT_LIMIT) throw new Problem('too-large', { limit: ATTACHMENT_LIMIT, actual: file.size });
	const clean = cleanFile(new Uint8Array(await file.arrayBuffer()), name);
	return { ...(smaller ? await shrunk(clean) : clean), large: isLarge(clean) };
}
