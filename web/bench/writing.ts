import { utf8 } from '@multaqa/shared/bytes/bytes';
import type { StreamId } from '@multaqa/shared/bytes/ids';
import { openThread, until, type Person, type TestForum } from '../e2e/testing/forum.ts';
import { Corpus } from './corpus.ts';

const PATIENCE = 600_000;
/** Written while the line is held, then sent together: a commit and an answer for each post would take most of the time. */
const AT_ONCE = 256;

/** Somebody who writes much and listens to nothing. */
export interface Writer {
	readonly person: Person;
	readonly line: Line;
}

/** A line that can be held: what is asked meanwhile waits. */
class Line {
	#held = Promise.withResolvers<void>();

	constructor() {
		this.letGo();
	}

	hold(): void {
		this.#held = Promise.withResolvers();
	}

	letGo(): void {
		this.#held.resolve();
	}

	readonly send: typeof fetch = async (...asked) => {
		await this.#held.promise;
		return await fetch(...asked);
	};
}

/** Joins the forum. */
export async function startWriter(forum: TestForum): Promise<Writer> {
	const line = new Line();
	return { person: await forum.join('كاتبة', { deaf: true, send: line.send }), line };
}

/** Writes so many posts into so many threads, and waits until the server has them. Answers the bytes of the texts. */
export async function write(
	{ person, line }: Writer,
	{ space }: TestForum,
	{ threads, posts }: { threads: number; posts: number },
): Promise<number> {
	const { client } = person;
	const corpus = new Corpus();
	const streams: StreamId[] = [];
	for (let count = 0; count < threads; count++) streams.push((await openThread(person, space, `موضوع ${count}`, 'أول')).stream);
	let bytes = 0;
	for (let place = 0; place < posts; place++) {
		if (place % AT_ONCE === 0) {
			await arrived(person);
			line.hold();
		}
		const text = corpus.post();
		bytes += utf8(text).length;
		await client.append(space.id, streams[place % threads] as StreamId, 'post.add', { text, reply: null });
		if (place % AT_ONCE === AT_ONCE - 1 || place === posts - 1) line.letGo();
	}
	await arrived(person);
	return bytes;
}

const arrived = ({ client }: Person): Promise<void> => until('everything is sent', () => client.status.waiting === 0, PATIENCE);
