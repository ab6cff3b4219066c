import type { Cbor } from '../bytes/cbor.ts';
import { idOf, SHORT_ID_LENGTH, type SpaceId, type StreamId } from '../bytes/ids.ts';
import { generationAt } from '../chain/roster.ts';
import type { Arrival, Reader, Refusal } from '../client/stream.ts';
import { Stream } from '../client/stream.ts';
import { envelopeId, sealEvent, streamKey } from '../log/envelope.ts';
import { signEvent, type EventContent } from '../log/event.ts';
import type { StreamHistory } from '../log/history.ts';
import type { Person } from './person.ts';
import { unsafeTestingRandom } from './random.ts';
import type { TestForum } from './test-forum.ts';

const random = unsafeTestingRandom('envelopes');

export const newStreamId = (): StreamId => idOf<StreamId>(random(SHORT_ID_LENGTH));

/** Where somebody writes: forum, space and stream. */
export interface Desk {
	readonly forum: TestForum;
	readonly space: SpaceId;
	readonly stream: StreamId;
}

/** What the person's own program would sign next. */
export function nextEvent(
	person: Person,
	{ forum, space, stream }: Desk,
	seen: StreamHistory,
	content: Cbor = { text: 'سلام', reply: null },
): EventContent {
	const roster = forum.roster(space);
	const log = forum.world.users.get(person.account);
	if (!log) throw new Error(`${person.name} is not introduced`);
	return {
		space,
		generation: generationAt(roster, roster.seq)?.generation ?? 0,
		stream,
		type: 'post.add',
		author: person.account,
		voice: 'person',
		device: person.deviceId,
		...seen.next(person.deviceId),
		chain: { seq: roster.seq, head: roster.head },
		directory: { seq: forum.directory.seq, head: forum.directory.head },
		log: { seq: log.seq, head: log.head },
		time: Math.max(forum.now, roster.time),
		content,
	};
}

/** Signs and seals: what the server gets. `place` where it differs from what is signed. */
export async function post(person: Person, { forum }: Desk, content: EventContent, place: Partial<EventContent> = {}): Promise<Arrival> {
	const { bytes } = await signEvent(content, person.device);
	return sealAs(forum, bytes, { ...content, ...place });
}

/** Seals bytes of an event for a place, with the key that honest members have. */
export async function sealAs(
	forum: TestForum,
	event: Uint8Array,
	{ space, stream, generation }: Pick<EventContent, 'space' | 'stream' | 'generation'>,
): Promise<Arrival> {
	const generationKey = forum.generationKeys.get(`${space}/${generation}`) ?? random(32);
	const key = await streamKey(generationKey, space, stream);
	const envelope = await sealEvent(key, event, { space, stream, generation }, random);
	return { id: envelopeId(envelope), envelope, position: 1 };
}

/** A member's device with one stream on it: takes what the server shows and says what it made of it. */
export class Bystander {
	readonly stream: Stream;
	readonly #desk: Desk;

	constructor(desk: Desk) {
		this.#desk = desk;
		this.stream = new Stream(desk.space, desk.stream);
	}

	get history(): StreamHistory {
		return this.stream.history;
	}

	/** @returns `accepted`, or the rule or code that refused; the text of what is refused is never shown */
	async take(arrival: Arrival): Promise<string> {
		const { refused } = await this.stream.take([arrival], this.#reader());
		return refused.map(({ problem }: Refusal) => problem.detail.rule ?? problem.code)[0] ?? 'accepted';
	}

	#reader(): Reader {
		const { forum, space } = this.#desk;
		return {
			world: forum.world,
			wasVerified: () => false,
			isClosed: () => false,
			streamKey: (stream, generation) => streamKey(forum.generationKeys.get(`${space}/${generation}`) ?? new Uint8Array(32), space, stream),
		};
	}
}
