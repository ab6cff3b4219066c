import * as v from 'valibot';
import { route } from './route.ts';
import { text } from './schemas.ts';

const count = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
/** ISO text of an hour. */
const hour = v.pipe(v.string(), v.regex(/^\d{4}-\d{2}-\d{2}T\d{2}:00:00\.000Z$/));

/** How the machine is doing, for those who look after it: numbers alone, and nobody's. */
export const operation = {
	/** `not-found` for whoever is no coordinator of the host organisation. */
	read: route('GET', '/api/operation', 'session', {
		answer: v.strictObject({
			version: text(32),
			database: v.picklist(['sqlite', 'postgres']),
			/** The hour in which the server was started. */
			since: hour,
			databaseBytes: count,
			/** Room left where the data is; `null`: it lies on another machine. */
			freeBytes: v.nullable(count),
			attachmentBytes: count,
			/** What all attachments together may take. */
			attachmentRoom: count,
			/** `null`: none was ever made. */
			lastBackup: v.nullable(v.strictObject({ hour, bytes: count })),
			/** Open realtime lines. */
			sockets: count,
			/** What was sent and is not on the disk yet. */
			waiting: count,
		}),
	}),
};
