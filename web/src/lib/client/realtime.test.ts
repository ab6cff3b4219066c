import { encodeCbor, type Cbor } from '@multaqa/shared/bytes/cbor';
import type { TransportListener } from '@multaqa/shared/client/ports';
import type { Socket } from 'socket.io-client';
import { expect, test, vi } from 'vitest';
import { listen } from './realtime.ts';

/** A socket in the test's hands. */
class HeldSocket {
	connected = false;
	readonly handlers = new Map<string, (payload?: unknown) => void>();
	disconnect = vi.fn();
	on(name: string, handler: (payload?: unknown) => void) {
		this.handlers.set(name, handler);
		return this;
	}
	removeAllListeners() {
		this.handlers.clear();
	}
	hear(name: string, payload?: unknown) {
		this.handlers.get(name)?.(payload);
	}
}

const open = async () => {
	const socket = new HeldSocket();
	const heard: unknown[] = [];
	const listener: TransportListener = {
		opened: () => heard.push('opened'),
		closed: () => heard.push('closed'),
		announced: (name, payload) => heard.push([name, payload]),
	};
	const close = listen(listener, async () => socket as unknown as Socket);
	await Promise.resolve();
	return { socket, heard, close };
};

const bytes = (value: Cbor) => encodeCbor(value).buffer;

test('opening, losing the line and an announcement reach the engine', async () => {
	const { socket, heard } = await open();
	socket.hear('connect');
	socket.hear('vault', bytes({ version: 3 }));
	socket.hear('disconnect');
	expect(heard).toEqual(['opened', ['vault', { version: 3 }], 'closed']);
});

test.each([
	['no bytes', { version: 3 }],
	['not CBOR', new Uint8Array([255, 255]).buffer],
	['another shape', bytes({ version: -1 })],
	['a field more', bytes({ version: 3, script: 'x' })],
	['nothing', undefined],
])('an announcement with %s is dropped', async (_what, payload) => {
	const { socket, heard } = await open();
	socket.hear('vault', payload);
	expect(heard).toEqual([]);
});

test('after closing nothing is heard any more', async () => {
	const { socket, heard, close } = await open();
	close();
	socket.hear('connect');
	expect(socket.disconnect).toHaveBeenCalled();
	expect(heard).toEqual([]);
});

test('a line that is closed before it was made does not stay open', async () => {
	const socket = new HeldSocket();
	const close = listen({ opened: vi.fn(), closed: vi.fn(), announced: vi.fn() }, async () => socket as unknown as Socket);
	close();
	await Promise.resolve();
	await Promise.resolve();
	expect(socket.disconnect).toHaveBeenCalled();
});
