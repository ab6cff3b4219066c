import { beforeEach, describe, expect, test } from 'vitest';
import type { SpaceId } from '../bytes/ids.ts';
import { Problem } from '../problem.ts';
import { Findings } from './findings.ts';
import { MemoryStore } from './memory-store.ts';
import type { Ports } from './ports.ts';
import type { Topics } from './topics.ts';

const [here, there] = ['here', 'there'] as SpaceId[];
const forged = new Problem('tampered');
let ports: Ports;

beforeEach(() => {
	ports = { store: new MemoryStore(), now: () => 5_000 } as unknown as Ports;
});
/** This device, as it is opened again. */
async function visit(): Promise<Findings> {
	const findings = new Findings(ports, { changed: () => undefined } as unknown as Topics);
	await findings.load();
	return findings;
}
const unseen = (findings: Findings) => findings.list.flatMap(({ id, seen }) => (seen ? [] : [id]));

describe('what was found and looked at', () => {
	test('is not told again when the same event is found at the next visit, and stays in the list', async () => {
		const before = await visit();
		await before.report('event-refused', 'event', forged, here);
		await before.markSeen();
		const again = await visit();
		await again.report('event-refused', 'event', forged, here);
		expect([unseen(again), again.list]).toEqual([[], [expect.objectContaining({ id: 'event-refused/event', times: 2, since: 5 })]]);
	});

	test('is told again when something else is wrong with it, and when another is found', async () => {
		const findings = await visit();
		await findings.report('event-refused', 'event', forged, here);
		await findings.markSeen();
		await findings.report('event-refused', 'other', forged, here);
		expect(unseen(findings)).toEqual(['event-refused/other']);
		await findings.report('event-refused', 'event', new Problem('not-allowed', { rule: 'role-may-write' }), here);
		expect(unseen(findings)).toEqual(['event-refused/other', 'event-refused/event']);
	});

	test('is told again when it happens again, where it is about no one thing', async () => {
		const findings = await visit();
		await findings.report('split-view', 'log', forged, here);
		await findings.markSeen();
		await findings.report('split-view', 'log', forged, here);
		expect(unseen(findings)).toEqual(['split-view/log']);
	});

	test('is that of one space when only that was looked at, also at the next visit', async () => {
		const findings = await visit();
		await findings.report('event-refused', 'one', forged, here);
		await findings.report('event-refused', 'two', forged, there);
		await findings.markSeen(here);
		expect([unseen(findings), unseen(await visit())]).toEqual([['event-refused/two'], ['event-refused/two']]);
	});
});
