import { afterEach, beforeEach, expect, test } from 'vitest';
import { secretOf, startForum, type TestForum } from './testing/forum.ts';

let forum: TestForum;
beforeEach(async () => {
	forum = await startForum();
});
afterEach(() => forum.stop());

test('ten who open their invitations at the same moment all come in', async () => {
	const names = Array.from({ length: 10 }, (_, place) => `مدعوّ ${place}`);
	const links: string[] = [];
	for (let count = 0; count < names.length; count++) links.push(await forum.invitation());
	const people = await Promise.all(names.map(() => forum.arrive()));
	await Promise.all(
		people.map(({ client }, place) =>
			client.join({ fragment: links[place] ?? '', person: names[place] ?? '', secret: secretOf(`${place}`) }),
		),
	);
	expect(forum.server.context.ledger.world.users.size).toBe(1 + names.length);
	for (const { client } of people) {
		expect(client.status.phase).toBe('open');
		expect(client.findings).toEqual([]);
	}
}, 60_000);
