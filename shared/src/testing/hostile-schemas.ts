import * as v from 'valibot';
import * as api from '../api/index.ts';
import { MAX_ENVELOPE } from '../api/schemas.ts';
import type { Route } from '../api/route.ts';
import { CBOR_LIMITS, decodeCbor, encodeCbor, type Cbor } from '../bytes/cbor.ts';
import { utf8 } from '../bytes/bytes.ts';
import type { OrganisationId } from '../bytes/ids.ts';
import { bodies, readBody, type BodyType } from '../chain/bodies.ts';
import { readAnnouncement } from '../client/announcement.ts';
import { exchange } from '../client/exchange.ts';
import type { StreamEvent, VerifiedEvent } from '../client/types.ts';
import { attestation } from '../log/attest.ts';
import { Problem } from '../problem.ts';
import { organisationEvents, settingsIn } from '../organisations/settings.ts';
import { positionEvents } from '../positions/events.ts';
import { issuesOf } from '../positions/issues.ts';
import { profileEvents } from '../profiles/events.ts';
import { profilesOf } from '../profiles/state.ts';
import { threadEvents } from '../threads/events.ts';
import { branchesOf } from '../threads/branches.ts';
import { postsOf } from '../threads/posts.ts';
import { threadsOf } from '../threads/threads.ts';
import type { HostileReader } from './hostile-readers.ts';
import { readAmongOthers } from './hostile-positions.ts';
import { sampleOf } from './sample.ts';

/** What a signed event has been held to before anybody looks into it. */
const EVENT_LIMITS = { bytes: MAX_ENVELOPE, items: 4_000, depth: 12 };

const sampleBytes = (schema: v.GenericSchema) => encodeCbor(sampleOf(schema) as Cbor);

/** Whatever is read by a schema: answers and requests of every route, announcements, bodies of links, contents of events. */
export function schemaReaders(): readonly HostileReader[] {
	return [...routes().flatMap(routeReaders), ...announcementReaders(), ...bodyReaders(), ...contentReaders()];
}

function routes(): readonly Route[] {
	const { announcements: _, ...groups } = api;
	return Object.values(groups).flatMap((group) => Object.values(group) as Route[]);
}

function routeReaders(route: Route): readonly HostileReader[] {
	const name = `${route.method} ${route.path}`;
	return [
		{ name: `an answer of ${name}`, read: (bytes) => answered(route, 200, bytes), sample: sampleBytes(route.answer) },
		{
			name: `a request of ${name}`,
			// As the server reads it.
			read: (bytes) => parsed(route.request, decodeCbor(bytes, { ...CBOR_LIMITS, bytes: route.limit })),
			sample: sampleBytes(route.request),
		},
	];
}

function parsed(schema: v.GenericSchema, value: Cbor): void {
	if (!v.safeParse(schema, value).success) throw new Problem('malformed');
}

/** What the engine makes of a server's answer. */
function answered(route: Route, status: number, bytes: Uint8Array): Promise<unknown> {
	const send = async () => new Response(new Uint8Array(bytes), { status, headers: { 'retry-after': '5' } });
	return exchange(send, route, { params: {}, request: {} });
}

/** What every answer, problem and announcement comes in. */
export const frameReaders: readonly HostileReader[] = [
	{ name: 'an answer', read: (bytes) => answered(api.spaces.sync, 200, bytes), sample: sampleBytes(api.spaces.sync.answer) },
	{
		name: 'a problem',
		read: (bytes) => answered(api.forum.read, 422, bytes),
		sample: utf8('{"code":"rejected-link","rule":"type-is-known","retryAfter":5,"limit":1}'),
	},
	{
		name: 'an announcement',
		read: (bytes) => notAProblem(() => readAnnouncement('event', bytes)),
		sample: sampleBytes(api.announcements['event']),
	},
];

/** Announcements are hints: what cannot be read must not even be a problem. */
function announcementReaders(): readonly HostileReader[] {
	return Object.entries(api.announcements).map(([name, schema]) => ({
		name: `an announcement of ${name}`,
		read: (bytes) => notAProblem(() => readAnnouncement(name as keyof typeof api.announcements, bytes)),
		sample: sampleBytes(schema),
	}));
}

function notAProblem(read: () => unknown): unknown {
	try {
		return read();
	} catch (error) {
		throw new Error('an announcement was not dropped', { cause: error });
	}
}

function bodyReaders(): readonly HostileReader[] {
	return Object.entries(bodies).map(([type, schema]) => ({
		name: `the body of ${type}`,
		read: (bytes) => readBody(type as BodyType, decodeCbor(bytes)),
		sample: sampleBytes(schema),
	}));
}

/** Contents of events, verified and yet from somebody who means no good: reducers ignore what does not fit. */
function contentReaders(): readonly HostileReader[] {
	const events = { ...profileEvents, ...threadEvents, ...organisationEvents, ...positionEvents };
	const reducers = Object.entries(events).map(([type, schema]) => ({
		name: `the content of ${type}`,
		read: (bytes: Uint8Array) => reduce(type, decodeCbor(bytes, EVENT_LIMITS)),
		sample: sampleBytes(schema),
	}));
	const attest = {
		name: 'an attestation',
		read: (bytes: Uint8Array) => v.safeParse(attestation, decodeCbor(bytes)),
		sample: sampleBytes(attestation),
	};
	return [...reducers, attest];
}

function reduce(type: string, content: Cbor): void {
	const event = { verified: true, id: 'i', stream: 's', type, author: 'a', device: 'd', time: 1, content, waiting: false, position: 1 };
	const stream = [event, event] as unknown as StreamEvent[];
	profilesOf(stream, () => true);
	threadsOf(stream);
	branchesOf(postsOf(stream));
	issuesOf(stream);
	settingsIn(stream, { speaksFor: () => 'o' as OrganisationId, personOf: (account) => account });
	readAmongOthers(event as unknown as VerifiedEvent);
}
