import type { Client } from '@multaqa/shared/client/types';
import type { ContentOf } from '@multaqa/shared/documents/live/events';
import { packed } from '@multaqa/shared/documents/live/packed';
import { beginningOf } from '@multaqa/shared/documents/live/writer';
import { beginning, type Template } from '@multaqa/shared/documents/templates/template';
import { directionOf } from '@multaqa/shared/text/direction';
import { isOnLine } from './on-line.ts';
import { newPairId, sessionOf } from './session.ts';

/** The first change of a new document: its template, counted by the rule of what it is for, under the title it was given. */
export function begin(client: Client, template: Template, title: string): ContentOf<'document.update'> {
	const session = sessionOf(client);
	const language = directionOf(title) === 'ltr' ? 'en' : 'ar';
	const pairs = beginning(template, newPairId).map((pair, part) => ({
		...pair,
		part,
		...(pair.kind === 'title' ? { [language]: title } : {}),
	}));
	const counted = template.authority === 'ar' ? ('ar' as const) : ('en' as const);
	const counting = template.submission === null ? null : { submission: template.submission, status: 'special' as const, language: counted };
	const update = packed(beginningOf(session, { authority: template.authority, counting, pairs }));
	return { version: null, session: session.nonce, update, online: isOnLine(client.status.connection, []) };
}
