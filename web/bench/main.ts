import { absence } from './absence.ts';
import { quickExit } from './exit.ts';
import { firstRoom } from './first-room.ts';
import { hostile } from './hostile.ts';
import { large } from './large.ts';
import { longThread } from './thread.ts';
import { nodes } from './nodes.ts';
import { openThread } from './open-thread.ts';
import { people } from './people.ts';
import { positions } from './positions.ts';
import { search } from './search.ts';
import { slowStarts } from './slow.ts';
import { soak } from './soak.ts';
import { startTelling } from './telling.ts';

/** Figures, each beside its limit, measured in this run on this machine: all of them, or the parts that are named. */
const PORT = 38_917;
const telling = startTelling();
const { tellOf } = telling;

const parts: Readonly<Record<string, () => Promise<void>>> = {
	room: () => firstRoom(PORT, telling),
	pages: async () => {
		await tellOf('open thread', openThread);
		await tellOf('long thread', longThread);
		await tellOf('positions', positions);
		await tellOf('search', search);
	},
	hostile: () => tellOf('hostile bytes', hostile),
	exit: () => tellOf('quick exit', quickExit),
	slow: () => tellOf('slow starts', slowStarts),
	people: () => tellOf('people', () => people(PORT + 1)),
	absence: () => tellOf('absence', absence),
	large: () => large(PORT + 2, telling),
	nodes: () => tellOf('nodes', nodes),
};
/** Takes 20 minutes, or `SOAK_MINUTES`: only when it is named. */
const patient: Readonly<Record<string, () => Promise<void>>> = { soak: () => tellOf('soak', () => soak(PORT + 3)) };

const named = process.argv.slice(2);
const all = { ...parts, ...patient };
const unknown = named.filter((name) => !(name in all));
if (unknown.length > 0) {
	console.error(`There is no part ${unknown.join(', ')}. There are: ${Object.keys(all).join(', ')}`);
	process.exit(2);
}
for (const [name, part] of Object.entries(named.length === 0 ? parts : all)) if (named.length === 0 || named.includes(name)) await part();
process.exitCode = telling.conclude();
