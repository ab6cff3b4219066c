import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { chains, session } from '../api/index.ts';
import { Problem } from '../problem.ts';
import { sendFarewell } from './farewell.ts';
import type { Transport } from './ports.ts';

const farewell = Uint8Array.of(1, 2, 3);
/** What was asked, in order; what the server does with each. */
let asked: string[];
let refuse: (what: string) => Problem | null;
const transport = {
	call: async (route: unknown, { request }: { request: { links?: readonly Uint8Array[] } }) => {
		const what =
			route === chains.append ? `revoke ${request.links?.map((link) => link.join('')).join()}` : route === session.end ? 'end' : '?';
		asked.push(what);
		const problem = refuse(what);
		if (problem) throw problem;
		return {};
	},
} as unknown as Transport;

beforeEach(() => {
	vi.useFakeTimers();
	asked = [];
	refuse = () => null;
});
afterEach(() => vi.useRealTimers());

describe('a browser that is wiped', () => {
	test('is revoked, then its session ends', async () => {
		await sendFarewell(transport, farewell);
		expect(asked).toEqual(['revoke 123', 'end']);
	});

	test('of which nothing is known any more still ends its session', async () => {
		await sendFarewell(transport, null);
		expect(asked).toEqual(['end']);
	});

	test('without a line goes on trying, ever more slowly, until it is heard', async () => {
		refuse = () => new Problem('offline');
		const done = sendFarewell(transport, farewell);
		await vi.advanceTimersByTimeAsync(1_999);
		expect(asked).toHaveLength(1);
		await vi.advanceTimersByTimeAsync(1);
		expect(asked).toHaveLength(2);
		await vi.advanceTimersByTimeAsync(10 * 60_000);
		const tries = asked.length;
		expect(tries).toBeGreaterThan(10);
		await vi.advanceTimersByTimeAsync(10 * 60_000);
		expect(asked.length - tries).toBe(10);
		refuse = () => null;
		await vi.advanceTimersByTimeAsync(60_000);
		await done;
		expect(asked.slice(-2)).toEqual(['revoke 123', 'end']);
	});

	test('whose line breaks between the two says both again', async () => {
		refuse = (what) => (what === 'end' && asked.length === 2 ? new Problem('offline') : null);
		const done = sendFarewell(transport, farewell);
		await vi.advanceTimersByTimeAsync(2_000);
		await done;
		expect(asked).toEqual(['revoke 123', 'end', 'revoke 123', 'end']);
	});

	test('that another device has revoked meanwhile does not ask for ever', async () => {
		refuse = (what) => (what === 'end' ? new Problem('unauthenticated') : new Problem('stale'));
		await sendFarewell(transport, farewell);
		expect(asked).toEqual(['revoke 123', 'end']);
	});
});
