import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startServer, type RunningServer, type ServerOptions } from '@multaqa/server/server';
import type { Role } from '@multaqa/shared/chain/roles';
import type { Client, SpaceView } from '@multaqa/shared/client/types';
import type { AccountId, Hash, StreamId } from '@multaqa/shared/bytes/ids';
import { headless, openHeadless, type Headless, type HeadlessOptions } from './headless.ts';

export interface Person {
	readonly device: Headless;
	readonly client: Client;
}

/** A real server with a forum that Alice has set up. */
export interface TestForum {
	readonly server: RunningServer;
	readonly folder: string;
	readonly log: string[];
	readonly alice: Person;
	readonly space: SpaceView;
	/** Invites somebody of a new organisation and lets them join. */
	join(name: string, options?: HeadlessOptions & { role?: Role; approval?: boolean }): Promise<Person>;
	invitation(options?: { role?: Role; approval?: boolean; lifetime?: number; replaces?: AccountId }): Promise<string>;
	/** A browser that knows nothing yet. */
	arrive(options?: HeadlessOptions): Promise<Person>;
	stop(): Promise<void>;
}

export const PASSPHRASE = 'six plain words nobody would guess';
export const secretOf = (name: string) => ({ kind: 'passphrase', handle: `login of ${name}`, passphrase: PASSPHRASE }) as const;

/**
 * @param now the server's clock, milliseconds since 1970
 * @param options what an operator set
 */
export async function startForum(
	now: () => number = Date.now,
	options: Pick<ServerOptions, 'push' | 'mail' | 'writingPerHour'> = {},
): Promise<TestForum> {
	const folder = mkdtempSync(join(tmpdir(), 'multaqa-'));
	const log: string[] = [];
	const server = await startServer({ port: 0, dataDir: folder, logSink: (line) => log.push(line), checkAnswers: true, now, ...options });
	const people: Person[] = [];
	const arrive = async (options: HeadlessOptions = {}): Promise<Person> => {
		const device = headless(server.url, options);
		const person = { device, client: await openHeadless(device) };
		people.push(person);
		return person;
	};
	const alice = await arrive({ now });
	const token = server.setupLink?.split('#')[1] ?? '';
	await alice.client.setup({
		token,
		forum: 'ملتقى التجربة',
		host: 'المنظمة المضيفة',
		person: 'أليس',
		space: 'المساحة الأولى',
		secret: secretOf('alice'),
	});
	const space = alice.client.spaces[0]!;
	const organisation = await alice.client.addOrganisation('منظمة الاختبار');
	const invitation: TestForum['invitation'] = async ({ role = 'member', approval = false, lifetime, replaces } = {}) => {
		const input = {
			organisation,
			role,
			approval,
			spaces: [space.id],
			...(lifetime === undefined ? {} : { lifetime }),
			...(replaces === undefined ? {} : { replaces }),
		};
		return (await alice.client.invite(input)).fragment;
	};
	return {
		server,
		folder,
		log,
		alice,
		space,
		invitation,
		arrive,
		async join(name, options = {}) {
			const fragment = await invitation(options);
			const person = await arrive(options);
			await person.client.join({ fragment, person: name, secret: secretOf(name) });
			return person;
		},
		async stop() {
			await Promise.all(people.map(({ client }) => client.close()));
			await server.close();
			rmSync(folder, { recursive: true, force: true });
		},
	};
}

/** A thread with its first post. */
export async function openThread(
	{ client }: Person,
	space: SpaceView,
	title: string,
	text: string,
): Promise<{ stream: StreamId; post: Hash }> {
	const stream = client.newStream();
	await client.append(space.id, space.index, 'thread.open', { stream, title });
	return { stream, post: await client.append(space.id, stream, 'post.add', { text, reply: null }) };
}

/** Waits until `holds`; fails by name when it does not within `patience`. */
export async function until(what: string, holds: () => boolean, patience = 5_000): Promise<void> {
	const end = Date.now() + patience;
	while (!holds()) {
		if (Date.now() > end) throw new Error(`never happened: ${what}`);
		await new Promise((resolve) => setTimeout(resolve, 10));
	}
}

/** Waits until everything a person wrote is on the server. */
export const sent = (person: Person): Promise<void> => until('everything sent', () => person.client.status.waiting === 0);
