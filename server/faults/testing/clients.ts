import { spaces } from '@multaqa/shared/api/log';
import { decodeCbor, encodeCbor, type Cbor } from '@multaqa/shared/bytes/cbor';
import type { StreamId, SpaceId } from '@multaqa/shared/bytes/ids';
import { envelopeId } from '@multaqa/shared/log/envelope';
import { randomBytes } from 'node:crypto';
import { Agent, request } from 'node:http';
import { io } from 'socket.io-client';
import type { History, Place, Sending } from './history.ts';
import type { Random } from './random.ts';

/** What clients need of the forum they write to. */
export interface Target {
	readonly url: string;
	readonly space: SpaceId;
	readonly cookie: string;
	/** Resolves when there is a server to speak to. */
	up(): Promise<void>;
	readonly round: number;
	/** Somebody was told that something is durable. */
	acknowledged(): void;
}

const MOST_AT_ONCE = 8;
const MOST_BYTES = 400;
const LIMITS = { bytes: 2 ** 24, items: 100_000, depth: 16 };

/** The answer, or `null` when none came whole: the line broke, whatever the server did. */
function ask({ url, cookie }: Target, agent: Agent, path: string, body: Cbor): Promise<{ status: number; value: Cbor } | null> {
	const bytes = encodeCbor(body);
	return new Promise((resolve) => {
		const headers = { cookie, 'content-type': 'application/cbor', 'content-length': bytes.length };
		const sending = request(url + path, { method: 'POST', agent, headers }, (response) => {
			const parts: Buffer[] = [];
			response.on('data', (part: Buffer) => parts.push(part));
			response.once('end', () => {
				const status = response.statusCode ?? 0;
				const answer = new Uint8Array(Buffer.concat(parts));
				resolve({ status, value: status === 200 ? decodeCbor(answer, LIMITS) : null });
			});
			response.once('error', () => resolve(null));
		});
		sending.once('error', () => resolve(null));
		sending.end(bytes);
	});
}

/** Writes as fast as it may, one request after another, until `done`; answers when its last one is settled. */
export async function write(
	target: Target,
	client: string,
	random: Random,
	streams: readonly StreamId[],
	history: History,
	done: () => boolean,
): Promise<void> {
	const agent = new Agent({ keepAlive: true, maxSockets: 1 });
	let again: Attempt | null = null;
	while (again || !done()) {
		await target.up();
		const attempt: Attempt = again ?? newSending(target, client, random, streams);
		const { sending, envelopes } = attempt;
		if (!again) history.sendings.push(sending);
		sending.round = target.round;
		const answer = await ask(target, agent, `/api/spaces/${target.space}/streams/${sending.stream}/events`, { envelopes: [...envelopes] });
		if (answer?.status === 200) {
			const { acknowledgements } = answer.value as unknown as { acknowledgements: Omit<Place, 'stream'>[] };
			sending.acknowledged = acknowledgements.map((each) => ({ ...each, stream: sending.stream }));
			target.acknowledged();
		} else if (answer) throw new Error(`${client} was answered ${answer.status}`);
		// Some go on to the next as if nothing were, most send the same again, as the outbox does.
		again = !answer && random.chance(0.8) ? attempt : null;
	}
	agent.destroy();
}

interface Attempt {
	readonly sending: Sending;
	readonly envelopes: readonly Uint8Array<ArrayBuffer>[];
}

function newSending({ round }: Target, client: string, random: Random, streams: readonly StreamId[]): Attempt {
	const envelopes = Array.from({ length: 1 + random.below(MOST_AT_ONCE) }, () =>
		encodeCbor([1, 1, new Uint8Array(randomBytes(40 + random.below(MOST_BYTES)))]),
	);
	const sending: Sending = { client, stream: random.one(streams), ids: envelopes.map(envelopeId), round, acknowledged: null };
	return { sending, envelopes };
}

/** Reads what was written meanwhile, again and again, until `done`; everything it is told goes into the history. */
export async function read(target: Target, history: History, done: () => boolean): Promise<void> {
	const agent = new Agent({ keepAlive: true, maxSockets: 1 });
	for (let after = 0; !done();) {
		await target.up();
		const some = await readAfter(target, agent, after);
		history.told.push(...(some ?? []));
		after = some?.at(-1)?.position ?? after;
		if (!some?.length) await new Promise((resolve) => setTimeout(resolve, 5));
	}
	agent.destroy();
}

/** Everything that stands, in order. */
export async function readAll(target: Target): Promise<readonly Place[]> {
	const agent = new Agent({ keepAlive: true, maxSockets: 1 });
	const all: Place[] = [];
	for (;;) {
		const some = await readAfter(target, agent, all.at(-1)?.position ?? 0);
		if (!some) throw new Error('the log could not be read');
		all.push(...some);
		if (some.length === 0) break;
	}
	agent.destroy();
	return all;
}

async function readAfter(target: Target, agent: Agent, after: number): Promise<Place[] | null> {
	const path = spaces.sync.path.replace(':space', target.space);
	const answer = await ask(target, agent, path, { roster: 0, after, generation: 0, whole: null });
	if (answer && answer.status !== 200) throw new Error(`a reader was answered ${answer.status}`);
	const events = (answer?.value as { events?: Stored[] } | null)?.events;
	return events?.map(placeOf) ?? null;
}

type Stored = Omit<Place, 'id'> & { envelope: Uint8Array };
const placeOf = ({ envelope, stream, position, seq }: Stored): Place => ({ id: envelopeId(envelope), stream, position, seq });

/** Hears what is announced, and connects again by itself; the answer hangs up. */
export function hear({ url, cookie }: Target, history: History): () => void {
	const socket = io(url, {
		transports: ['websocket'],
		extraHeaders: { cookie },
		forceNew: true,
		reconnectionDelay: 20,
		reconnectionDelayMax: 50,
	});
	socket.on('event', (bytes: Uint8Array) => {
		const { event } = decodeCbor(new Uint8Array(bytes), LIMITS) as unknown as { event: Stored };
		history.told.push(placeOf(event));
	});
	return () => void socket.close();
}

/** Somebody who keeps a line open as an engine does: hears what is announced, and asks for the rest whenever the line is back. */
export interface Follower {
	readonly announced: readonly Place[];
	readonly caughtUp: readonly Place[];
	/** Ids of both. */
	readonly heard: ReadonlySet<string>;
	hangUp(): void;
}

/** Resolves when the line is open for the first time. */
export async function follow(target: Target): Promise<Follower> {
	const [announced, caughtUp]: [Place[], Place[]] = [[], []];
	const heard = new Set<string>();
	const agent = new Agent({ keepAlive: true, maxSockets: 1 });
	const options = { transports: ['websocket'], extraHeaders: { cookie: target.cookie }, forceNew: true };
	const socket = io(target.url, { ...options, reconnectionDelay: 50, reconnectionDelayMax: 200 });
	socket.on('event', (bytes: Uint8Array) => {
		const place = placeOf((decodeCbor(new Uint8Array(bytes), LIMITS) as unknown as { event: Stored }).event);
		announced.push(place);
		heard.add(place.id);
	});
	/** Everything up to here is known. */
	let after = 0;
	socket.on('connect', async () => {
		for (;;) {
			const some = await readAfter(target, agent, after);
			if (!some?.length) return;
			caughtUp.push(...some);
			for (const { id } of some) heard.add(id);
			after = some.at(-1)?.position ?? after;
		}
	});
	await new Promise<void>((resolve) => socket.once('connect', resolve));
	const hangUp = () => {
		socket.close();
		agent.destroy();
	};
	return { announced, caughtUp, heard, hangUp };
}
