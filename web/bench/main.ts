import { holds, atMost, line, type Figure } from './figure.ts';
import { absence } from './absence.ts';
import { appends } from './appends.ts';
import { documents } from './documents.ts';
import { quickExit } from './exit.ts';
import { firstSpace, firstVisits } from './first-visit.ts';
import { live, startMeter } from './live.ts';
import { openThread } from './open-thread.ts';
import { people } from './people.ts';
import { positions } from './positions.ts';
import { slowStarts } from './slow.ts';
import { search } from './search.ts';
import { longThread } from './thread.ts';
import { startProcess } from './server-process.ts';
import { hostile } from './hostile.ts';
import { headless, openHeadless } from '../e2e/testing/headless.ts';
import { secretOf } from '../e2e/testing/forum.ts';

/** Every figure of the first room, each beside its limit, measured in this run on this machine. */
const PORT = 38_917;
const IDLE_MEMORY = 150;

const server = await startProcess(PORT);
const figures: Figure[] = [];
const tell = (...more: readonly Figure[]) => {
	figures.push(...more);
	for (const figure of more) console.log(line(figure));
};
/** What breaks is told and counted, and the others are measured all the same. */
let broken = 0;
const tellOf = async (what: string, part: () => Promise<readonly Figure[]>) => {
	try {
		tell(...(await part()));
	} catch (error) {
		broken += 1;
		console.error(`${what} broke`, error);
	}
};

try {
	await new Promise((resolve) => setTimeout(resolve, 3_000));
	tell(atMost('idle server, resident', server.resident(), 'MB', IDLE_MEMORY));
	await tellOf('first visit', () => firstVisits(server.url, server.setupToken));
	await tellOf('open thread', openThread);
	await tellOf('long thread', longThread);
	await tellOf('positions', positions);
	await tellOf('search', search);
	const [writerMeter, readerMeter] = [await startMeter(PORT), await startMeter(PORT)];
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

await tellOf('hostile bytes', hostile);
await tellOf('quick exit', quickExit);
await tellOf('slow starts', slowStarts);
await tellOf('people', () => people(PORT + 1));
await tellOf('absence', absence);

const missed = figures.filter((figure) => !holds(figure));
if (broken > 0) console.log(`${broken} parts broke.`);
console.log(missed.length === 0 ? 'Every limit holds.' : `${missed.length} limits do not hold.`);
process.exitCode = missed.length === 0 && broken === 0 ? 0 : 1;
