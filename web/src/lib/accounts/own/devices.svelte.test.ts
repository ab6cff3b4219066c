import { expect, test, vi } from 'vitest';
import type { Client, DeviceView } from '@multaqa/shared/client/types';
import { Devices } from './devices.svelte.ts';
import { Sessions } from './sessions.svelte.ts';
import { Unlocks } from './unlocks.svelte.ts';
import { Protection } from '../protection.svelte.ts';

const device = (id: string, change: Partial<DeviceView> = {}): DeviceView =>
	({ id, name: id, current: false, since: 1, lastUsed: null, revoked: false, known: true, ...change }) as DeviceView;

function holding(devices: readonly DeviceView[], others: object = {}): Client {
	return { watch: () => () => undefined, devices, unlocks: [], ...others } as unknown as Client;
}

test('this device comes first, then those nobody has recognised, then the newest', () => {
	const list = [device('old'), device('new', { since: 9 }), device('strange', { known: false }), device('here', { current: true })];
	expect(new Devices(holding(list)).standing.map(({ id }) => id)).toEqual(['here', 'strange', 'new', 'old']);
});

test('the device in the hand and a revoked one raise no alarm, whatever is known of them', () => {
	const list = [
		device('here', { current: true, known: false }),
		device('gone', { known: false, revoked: true }),
		device('strange', { known: false }),
	];
	expect(new Devices(holding(list)).strange.map(({ id }) => id)).toEqual(['strange']);
});

test('a session of no device, or of a revoked one, stands apart', async () => {
	const list = [
		{ id: '1', device: 'here' },
		{ id: '2', device: null },
		{ id: '3', device: 'gone' },
	];
	const devices = new Devices(holding([device('here', { current: true }), device('gone', { revoked: true })]));
	const sessions = new Sessions(holding([], { self: { sessions: async () => list } }));
	await sessions.ask();
	expect(sessions.without(devices.standing).map(({ id }) => id)).toEqual(['2', '3']);
});

test('what a passkey is called by its owner is not what the device’s list of passkeys shows', async () => {
	const addUnlock = vi.fn(async () => undefined);
	await new Unlocks(holding([], { self: { addUnlock } })).addPasskey('هاتف ليلى', () => undefined);
	expect(addUnlock).toHaveBeenCalledWith(
		{ kind: 'passkey', label: expect.stringMatching(/^[a-z]{6}-\d\d$/) },
		'هاتف ليلى',
		expect.anything(),
	);
});

test('a passphrase is changed where there is one, and added where there is none', async () => {
	const self = { addUnlock: vi.fn(async () => undefined), changePassphrase: vi.fn(async () => undefined) };
	const chosen = new Protection(false, (length) => new Uint8Array(length));
	chosen.passphrase = 'words';
	await new Unlocks(holding([], { self })).setPassphrase(chosen, () => undefined);
	expect(self.addUnlock).toHaveBeenCalledOnce();
	await new Unlocks(holding([], { self, unlocks: [{ kind: 'passphrase', id: '1' }] })).setPassphrase(chosen, () => undefined);
	expect(self.changePassphrase).toHaveBeenCalledWith('words', expect.anything());
});
