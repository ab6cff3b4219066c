import { error, type RequestEvent } from '@sveltejs/kit';
import type { Bytes } from '@multaqa/shared/bytes/bytes';
import { proofArchive } from '@multaqa/shared/publication/proof-archive';
import type { Publication } from '@multaqa/shared/publication/publication';
import { publicOf } from '#lib/public/published.ts';

const KINDS: Readonly<Record<string, string>> = {
	zip: 'application/zip',
	pdf: 'application/pdf',
	docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
};

/** Packing takes a processor for a while, and anybody may ask: once for as long as the edition is kept. */
const archives = new WeakMap<Publication, Bytes>();
function archiveOf(publication: Publication): Bytes {
	const archive = archives.get(publication) ?? proofArchive(publication);
	archives.set(publication, archive);
	return archive;
}

/** What hangs on a statement: what proves it, and the same text for word processors and printers. */
export const GET = async ({ params: { address, file }, platform }: RequestEvent<{ address: string; file: string }>) => {
	const publication = await publicOf(platform).read(address);
	if (!publication) error(404);
	const bytes = file === 'proof.zip' ? archiveOf(publication) : publication.files.find(({ name }) => name === file)?.bytes;
	if (!bytes) error(404);
	return new Response(bytes, {
		headers: {
			'content-type': KINDS[file.split('.').at(-1) ?? ''] ?? 'application/octet-stream',
			'content-length': String(bytes.length),
			'content-disposition': `attachment; filename="${address}-${file}"`,
			'content-security-policy': "default-src 'none'; sandbox",
		},
	});
};
