import { createHash } from 'node:crypto';
import type { SpaceId, StreamId } from '@multaqa/shared/bytes/ids';
import type { Client } from '@multaqa/shared/client/types';
import { secretOf } from '../e2e/testing/forum.ts';
import { headless, openHeadless, type Headless } from '../e2e/testing/headless.ts';

/** Some of the people of the soak: real engines, each with keys, a store and a line of its own. */

export type ToPeople =
	| { readonly kind: 'join'; readonly url: string; readonly through: number; readonly name: string; readonly link: string }
	/** All open their lines; each writes once in so many ms, at moments of its own, until it is told to stop. */
	| { readonly kind: 'write'; readonly space: SpaceId; readonly streams: readonly StreamId[]; readonly every: number }
	| { readonly kind: 'stop' }
	| { readonly kind: 'look' };

/** Where they stand. */
export interface People {
	readonly heap: number;
	readonly written: number;
	readonly waiting: number;
	/** Posts that the one who knows the fewest has read. */
	readonly known: number;
	/** One for each order in which somebody has them: one alone, when all have the same. */
	readonly orders: readonly string[];
	/** Posts that somebody has twice, or whose author wrote them in another order. */
	readonly wrong: number;
	readonly findings: number;
	readonly rejections: number;
}

const people: { readonly name: string; readonly client: Client; written: number }[] = [];
let place: { readonly space: SpaceId; readonly streams: readonly StreamId[] } | null = null;
let stopped = false;
let rejections = 0;
process.on('unhandledRejection', (error) => {
	rejections++;
	console.error('nobody took care of', error);
});

/** Two hundred who hear of each other's joining would be busy with nothing else: until all are here, nobody listens. */
const everybodyIsHere = Promise.withResolvers<void>();

function listeningLater({ ports, ...device }: Headless): Headless {
	const { transport } = ports;
	const listen: typeof transport.listen = (listener) => {
		let hangUp: () => void = () => undefined;
		void everybodyIsHere.promise.then(() => (hangUp = transport.listen(listener)));
		return () => hangUp();
	};
	return { ...device, ports: { ...ports, transport: { call: transport.call, listen } } };
}

async function join({ url, through, name, link }: Extract<ToPeople, { kind: 'join' }>): Promise<void> {
	const client = await openHeadless(listeningLater(headless(url, { through })));
	await client.join({ fragment: link, person: name, secret: secretOf(name) });
	people.push({ name, client, written: 0 });
}

function write({ space, streams, every }: Extract<ToPeople, { kind: 'write' }>): void {
	place = { space, streams };
	everybodyIsHere.resolve();
	for (const person of people) {
		const later = () => setTimeout(() => void next(), 2 * Math.random() * every);
		const next = async () => {
			if (stopped) return;
			const stream = streams[Math.floor(Math.random() * streams.length)]!;
			const text = `${person.name} ${person.written++}`;
			await person.client.append(space, stream, 'post.add', { text, reply: null });
			later();
		};
		later();
	}
}

/** What somebody has read of a thread, as it stands. */
const textsOf = ({ client }: { client: Client }, space: SpaceId, stream: StreamId): readonly string[] =>
	client
		.events(space, stream)
		.flatMap((event) => (event.verified && !event.waiting && event.type === 'post.add' ? [(event.content as { text: string }).text] : []));

function look(): People {
	const orders = new Set<string>();
	let [known, wrong] = [Infinity, 0];
	for (const person of people) {
		const threads = (place?.streams ?? []).map((stream) => textsOf(person, place!.space, stream));
		known = Math.min(known, threads.flat().length);
		wrong += threads.reduce((sum, texts) => sum + outOfPlace(texts), 0);
		orders.add(createHash('sha256').update(JSON.stringify(threads)).digest('hex'));
	}
	globalThis.gc?.();
	const sum = (of: (person: (typeof people)[number]) => number) => people.reduce((all, person) => all + of(person), 0);
	return {
		heap: process.memoryUsage().heapUsed,
		written: sum(({ written }) => written),
		waiting: sum(({ client }) => client.status.waiting),
		known,
		orders: [...orders],
		wrong,
		findings: sum(({ client }) => client.findings.length),
		rejections,
	};
}

/** Each author counts on from post to post: within a thread numbers grow. */
function outOfPlace(texts: readonly string[]): number {
	const last = new Map<string, number>();
	let wrong = 0;
	for (const text of texts) {
		const [name = '', number] = text.split(' ');
		if (Number(number) <= (last.get(name) ?? -1)) wrong++;
		last.set(name, Number(number));
	}
	return wrong;
}

async function take(message: ToPeople): Promise<void> {
	if (message.kind === 'join') await join(message);
	else if (message.kind === 'write') write(message);
	else if (message.kind === 'stop') stopped = true;
	process.send?.(look());
}

process.on('message', (message: ToPeople) => void take(message));
