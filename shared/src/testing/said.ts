import type { Cbor } from '../bytes/cbor.ts';
import type { Role } from '../chain/roles.ts';
import type { StreamEvent } from '../client/types.ts';

/** Names stand for ids: padded to their length. */
export const id = (name: string): string => name.padEnd(43, 'A');
export const streamId = (name: string): string => name.padEnd(22, 'A');
export const named = (padded: string): string => padded.replace(/A+$/, '');

let position = 0;

export interface Speaker {
	readonly author?: string;
	readonly role?: Role;
	/** Seconds since 1970. */
	readonly time?: number;
}

/** A verified event, as a reducer is given it. */
export const said = (
	name: string,
	type: string,
	content: Cbor,
	{ author = 'alice', role = 'member', time = 1 }: Speaker = {},
): StreamEvent =>
	({
		verified: true,
		id: id(name),
		stream: streamId('s'),
		type,
		author,
		role,
		device: 'd',
		time,
		content,
		waiting: false,
		position: position++,
	}) as never;

export const post = (name: string, reply: string | null = null, text = name, speaker: Speaker = {}): StreamEvent =>
	said(name, 'post.add', { text, reply: reply && id(reply) }, speaker);

export const refused = (name: string): StreamEvent =>
	({ verified: false, id: id(name), stream: streamId('s'), reason: 'tampered', position: position++ }) as never;
