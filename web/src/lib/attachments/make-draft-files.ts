import type { SpaceId } from '@multaqa/shared/bytes/ids';
import type { Client } from '@multaqa/shared/client/types';
import { startWorker } from '../client/our-workers.ts';
import { savesData } from '../display/saving.svelte.ts';
import { m } from '../paraglide/messages.js';
import { cleanBeside } from './clean-beside.ts';
import { DraftFiles } from './draft-files.svelte.ts';

/** The files of a draft, as this browser cleans and names them. @param key of the draft they hang on */
export function makeDraftFiles(client: Client, space: SpaceId, key: string): DraftFiles {
	return new DraftFiles(client, {
		space,
		key,
		clean: cleanBeside(() => startWorker('files')),
		plainNameFor: (kind) => (kind === 'picture' ? m.file_kind_picture() : m.file_plain_document()),
		saving: savesData,
	});
}
