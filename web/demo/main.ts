import { rmSync } from 'node:fs';
import type { OrganisationId, SpaceId } from '@multaqa/shared/bytes/ids';
import type { Client } from '@multaqa/shared/client/types';
import { readConfig } from '../../server/src/config.ts';
import { startServer } from '../../server/src/server.ts';
import { headless, openHeadless } from '../e2e/testing/headless.ts';
import { conversations } from './conversations.ts';
import { dispute } from './dispute.ts';
import { documents } from './documents.ts';
import { organisations, people, spaces, type DemoPerson, type OrganisationKey, type PersonKey, type SpaceKey } from './people.ts';
import { perform } from './perform.ts';
import { positions } from './positions.ts';
import { statement } from './statement.ts';

/** A forum made through the engine itself, as members' devices would: nothing is written into the database by hand. */
const DATA_DIR = process.env['DATA_DIR'] ?? './data/demo';
const FOUNDER: PersonKey = 'reem';
rmSync(DATA_DIR, { recursive: true, force: true });
const server = await startServer(readConfig({ ...process.env, DATA_DIR }));
const cast = new Map<PersonKey, Client>();

// Nobody signs in with these: each person is entered with the recovery sheet printed below.
const secretOf = ({ name }: DemoPerson) => {
	const passphrase = Buffer.from(crypto.getRandomValues(new Uint8Array(24))).toString('base64url');
	return { kind: 'passphrase', handle: name, passphrase } as const;
};

async function arrive(key: PersonKey): Promise<Client> {
	const client = await openHeadless(headless(server.url));
	cast.set(key, client);
	return client;
}

const founder = await arrive(FOUNDER);
const token = server.setupLink?.split('#')[1] ?? '';
await founder.setup({
	token,
	forum: 'ملتقى العدالة',
	host: organisations[people[FOUNDER].organisation],
	person: people[FOUNDER].name,
	space: spaces.common,
	secret: secretOf(people[FOUNDER]),
});
const ids = await makeSpaces(founder);
const hosts = await makeOrganisations(founder);
for (const [key, person] of Object.entries(people) as [PersonKey, DemoPerson][]) if (key !== FOUNDER) await enter(key, person);
// Open while the rest is played: then its hour has come.
const publish = await statement(cast, ids.common, 25);
for (const thread of conversations) await perform(cast, ids[thread.space], thread);
await dispute(cast, ids.common);
await documents(cast, ids.common);
await positions(cast, ids.common);
await publish();

async function makeSpaces(client: Client): Promise<Record<SpaceKey, SpaceId>> {
	const [common] = client.spaces;
	if (!common) throw new Error('there is no space');
	return { common: common.id, geneva: await client.createSpace(spaces.geneva), records: await client.createSpace(spaces.records) };
}

async function makeOrganisations(client: Client): Promise<ReadonlyMap<OrganisationKey, OrganisationId>> {
	const known = new Map<OrganisationKey, OrganisationId>();
	for (const [key, name] of Object.entries(organisations) as [OrganisationKey, string][]) {
		const own = key === people[FOUNDER].organisation ? client.forum?.organisation : null;
		known.set(key, own ?? (await client.addOrganisation(name)));
	}
	return known;
}

async function enter(key: PersonKey, person: DemoPerson): Promise<void> {
	const organisation = hosts.get(person.organisation);
	if (!organisation) throw new Error(`${person.organisation} is not in the forum`);
	const invited = { organisation, role: person.role, spaces: person.spaces.map((space) => ids[space]), approval: false };
	const { fragment } = await founder.invite(invited);
	const client = await arrive(key);
	await client.join({ fragment, person: person.name, secret: secretOf(person) });
	const { account } = client.status;
	if (person.represents && account) await founder.people.addRepresentative(account);
}

console.log(`\nA forum to try at ${server.url}\n`);
console.log('Open /sign-in in a fresh browser window, choose the recovery sheet, and enter one of:\n');
for (const [key, client] of cast) {
	const { role, name, organisation } = people[key];
	console.log(`  ${client.recoverySheet().code}   ${role.padEnd(11)} ${name} · ${organisations[organisation]}`);
}
await Promise.all([...cast.values()].map((client) => client.close()));
console.log('\nStop with Ctrl-C. The next demo begins anew.');
for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => void server.close().then(() => process.exit(0)));
