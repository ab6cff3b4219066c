import * as v from 'valibot';
import { announcements, type AnnouncementName, type Announcements } from '../api/realtime.ts';
import { decodeCbor } from '../bytes/cbor.ts';

/** Announcements are hints: what cannot be read is dropped, and the next catch-up brings it. */
export function readAnnouncement<Name extends AnnouncementName>(name: Name, payload: unknown): Announcements[Name] | null {
	try {
		const bytes = payload instanceof ArrayBuffer ? new Uint8Array(payload) : payload;
		if (!(bytes instanceof Uint8Array)) return null;
		return v.parse(announcements[name], decodeCbor(bytes)) as Announcements[Name];
	} catch {
		return null;
	}
}
