import type { StreamId } from '@multaqa/shared/bytes/ids';
import { NOT_NOW } from '@multaqa/shared/client/line';
import { isProblem } from '@multaqa/shared/problem';
import { expect, test } from 'vitest';
import { openThread, startForum, until, type Person, type TestForum } from '../../web/e2e/testing/forum.ts';
import { badLine, type BadLine } from './testing/bad-line.ts';
import { seeded, seedOfRun } from './testing/random.ts';

/** So often the line breaks in each way, before it is repaired. */
const BREAKS = 16;
/** Milliseconds between two posts of somebody. */
const PAUSE = 150;
const PATIENCE = 50_000;

test('over a line that stalls, resets and ends in the middle of answers nothing is lost, doubled, moved or blamed on the server', async () => {
	const seed = seedOfRun();
	const forum = await startForum();
	const line = await badLine(forum.server.port, seeded(seed));
	try {
		const { stream } = await openThread(forum.alice, forum.space, 'خيط', 'أول الكلام');
		const people: Person[] = [];
		for (const name of ['باسل', 'كريم', 'ليلى']) people.push(await forum.join(name, { through: line.port }));
		line.spoil();
		const written = await Promise.all(people.map((person, place) => writeWhileBad(line, person, forum, stream, place)));
		line.repair();
		const everybody = [forum.alice, ...people];
		const all = 1 + written.flat().length;
		await until('everybody has everything', () => everybody.every((person) => textsOf(person, forum, stream).length >= all), PATIENCE);
		// What arrived and was never acknowledged waits until it is sent once more.
		await until('nothing waits', () => everybody.every(({ client }) => client.status.waiting === 0), PATIENCE);
		await until('everybody is on the line', () => everybody.every(({ client }) => client.status.connection === 'online'), PATIENCE);
		const told = `${all} posts, lines broken ${JSON.stringify(line.broken)}; FAULT_SEED=${seed}`;
		const inOrder = textsOf(forum.alice, forum, stream);
		expect(new Set(inOrder).size, told).toBe(all);
		for (const [place, own] of written.entries())
			expect(
				inOrder.filter((text) => text.startsWith(`${place} `)),
				told,
			).toEqual(own);
		for (const person of everybody) {
			expect(textsOf(person, forum, stream), told).toEqual(inOrder);
			expect(person.client.findings, told).toEqual([]);
		}
		console.log(told);
	} finally {
		await line.close();
		await forum.stop();
	}
});

/** One post after another, until the line broke often enough; answers what was written. */
async function writeWhileBad(line: BadLine, { client }: Person, { space }: TestForum, stream: StreamId, place: number): Promise<string[]> {
	const texts: string[] = [];
	const end = Date.now() + PATIENCE;
	while (Object.values(line.broken).some((times) => times < BREAKS)) {
		if (Date.now() > end) throw new Error(`the line broke too rarely: ${JSON.stringify(line.broken)}`);
		const text = `${place} ${texts.length}`;
		texts.push(text);
		await client.append(space.id, stream, 'post.add', { text, reply: null });
		// Somebody who waits looks again and again.
		await client.refresh(space.id).catch((problem: unknown) => expect(isProblem(problem, ...NOT_NOW), String(problem)).toBe(true));
		await new Promise((resolve) => setTimeout(resolve, PAUSE));
	}
	return texts;
}

/** What somebody reads, in the order in which it stands. */
function textsOf({ client }: Person, { space }: TestForum, stream: StreamId): string[] {
	return client
		.events(space.id, stream)
		.flatMap((event) => (event.verified && !event.waiting ? [String((event.content as { text?: string }).text)] : []));
}
