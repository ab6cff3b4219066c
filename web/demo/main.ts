import { rmSync } from 'node:fs';
import { readConfig } from '../../server/src/config.ts';
import { startServer } from '../../server/src/server.ts';
import { headless, openHeadless } from '../e2e/testing/headless.ts';
import { conversations, organisations, people, type DemoPerson } from './script.ts';
import type { Client } from '@multaqa/shared/client/types';
import type { Hash } from '@multaqa/shared/bytes/ids';

/** A forum made through the engine itself, as members' devices would: nothing is written into the database by hand. */
const DATA_DIR = './data/demo';
rmSync(DATA_DIR, { recursive: true, force: true });
const server = await startServer(readConfig({ ...process.env, DATA_DIR }));
const [founder, ...members] = people;
const clients = new Map<DemoPerson, Client>();

async function arrive(person: DemoPerson): Promise<Client> {
	const client = await openHeadless(headless(server.url));
	clients.set(person, client);
	return client;
}

// Nobody signs in with these: each person is entered with the recovery sheet printed below.
const secretOf = (person: DemoPerson) =>
	({
		kind: 'passphrase',
		handle: person.name,
		passphrase: Buffer.from(crypto.getRandomValues(new Uint8Array(24))).toString('base64url'),
	}) as const;

async function settle(): Promise<void> {
	while ([...clients.values()].some(({ status }) => status.waiting > 0)) await new Promise((resolve) => setTimeout(resolve, 20));
	for (const client of clients.values()) for (const { id } of client.spaces) await client.refresh(id);
}

if (!founder) throw new Error('the demo has no founder');
const first = await arrive(founder);
const token = server.setupLink?.split('#')[1] ?? '';
await first.setup({
	token,
	forum: 'ملتقى العدالة',
	host: organisations[founder.organisation]!,
	person: founder.name,
	space: 'التنسيق المشترك',
	secret: secretOf(founder),
});
const space = first.spaces[0]!;

const ids = new Map<string, Awaited<ReturnType<Client['addOrganisation']>>>();
for (const [key, name] of Object.entries(organisations)) {
	ids.set(key, key === founder.organisation ? first.forum!.organisation : await first.addOrganisation(name));
}
for (const person of members) {
	const { fragment } = await first.invite({
		organisation: ids.get(person.organisation)!,
		role: person.role,
		spaces: [space.id],
		approval: false,
	});
	await (await arrive(person)).join({ fragment, person: person.name, secret: secretOf(person) });
}
await settle();

for (const { title, posts } of conversations) {
	const stream = first.newStream();
	const written: Hash[] = [];
	for (const [place, { by, text, answers }] of posts.entries()) {
		const client = clients.get(people[by]!)!;
		if (place === 0) await client.append(space.id, space.index, 'thread.open', { stream, title });
		const reply = answers === undefined ? null : written[answers]!;
		written.push(await client.append(space.id, stream, 'post.add', { text, reply }));
		await settle();
	}
}

console.log(`\nA forum to try at ${server.url}\n`);
console.log('Open /sign-in in a fresh browser window, choose the recovery sheet, and enter one of:\n');
for (const [person, client] of clients)
	console.log(`  ${client.recoverySheet().code}   ${person.role.padEnd(11)} ${person.name} · ${organisations[person.organisation]}`);
await Promise.all([...clients.values()].map((client) => client.close()));
console.log('\nStop with Ctrl-C. The next demo begins anew.');
for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => void server.close().then(() => process.exit(0)));
