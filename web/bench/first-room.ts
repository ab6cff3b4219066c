import { atMost } from './figure.ts';
import { appends } from './appends.ts';
import { documents } from './documents.ts';
import { firstSpace, firstVisits } from './first-visit.ts';
import { live, startMeter } from './live.ts';
import { startProcess } from './server-process.ts';
import type { Telling } from './telling.ts';
import { headless, openHeadless } from '../e2e/testing/headless.ts';
import { secretOf } from '../e2e/testing/forum.ts';

const IDLE_MEMORY = 150;

/** A new forum on a server of its own: the first visit, two people who write to each other, and one who writes much. */
export async function firstRoom(port: number, { tell, tellOf }: Telling): Promise<void> {
	const server = await startProcess(port);
	try {
		await new Promise((resolve) => setTimeout(resolve, 3_000));
		tell(atMost('idle server, resident', server.resident(), 'MB', IDLE_MEMORY));
		await tellOf('first visit', () => firstVisits(server.url, server.setupToken));
		const [writerMeter, readerMeter] = [await startMeter(port), await startMeter(port)];
		const device = headless(server.url, { through: writerMeter.port });
		const alice = await openHeadless(device);
		await alice.setup({
			token: server.setupToken,
			forum: 'ملتقى',
			host: 'المضيفة',
			person: 'أليس',
			space: 'الأولى',
			secret: secretOf('alice'),
		});
		const space = alice.spaces[0]!;
		const organisation = await alice.addOrganisation('منظمة');
		const { fragment } = await alice.invite({ organisation, role: 'member', spaces: [space.id], approval: false });
		const bob = await openHeadless(headless(server.url, { through: readerMeter.port }));
		await bob.join({ fragment, person: 'باسل', secret: secretOf('bob') });
		const { fragment: enrolment } = await bob.offerEnrolment();
		await tellOf('first space', () => firstSpace(server.url, enrolment, 'الأولى'));
		await tellOf('live', () => live(alice, bob, space.id, writerMeter, readerMeter));
		await tellOf('documents', () => documents(alice, bob, space.id, writerMeter, readerMeter));
		await Promise.all([alice.close(), bob.close()]);
		await tellOf('appends', () => appends(server, device, space.id));
		writerMeter.close();
		readerMeter.close();
	} finally {
		await server.stop();
	}
}
