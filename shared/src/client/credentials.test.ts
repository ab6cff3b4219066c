import { expect, test } from 'vitest';
import { idOf, type ChainId } from '../bytes/ids.ts';
import { Problem } from '../problem.ts';
import { makeCredential, signInWithPasskey } from './credentials.ts';
import type { Ports } from './ports.ts';

const FORUM = idOf<ChainId>(new Uint8Array(32));
const nothing = new Uint8Array(32);

/** A browser that asks for the passkey, and what the page said just then; the person closes the window. */
function askedFor(): { ports: Ports; said: string[]; saidWhenAsked: () => string | undefined } {
	const said: string[] = [];
	let then: string | undefined;
	const closed = () => {
		then = said.at(-1);
		return Promise.reject(new Problem('cancelled'));
	};
	const answers = () => Promise.resolve({ challenge: 'c', attempt: 'a', options: '{}' });
	const ports = { transport: { call: answers }, passkeys: { create: closed, get: closed } } as unknown as Ports;
	return { ports, said, saidWhenAsked: () => then };
}

test('while the browser asks to make a passkey, the page says that it waits for it', async () => {
	const { ports, said, saidWhenAsked } = askedFor();
	const made = makeCredential(ports, FORUM, { kind: 'passkey', label: '' }, nothing, ({ step }) => void said.push(step));
	await expect(made).rejects.toMatchObject({ code: 'cancelled' });
	expect(saidWhenAsked()).toBe('passkey');
});

test('and so while it asks for the one to sign in with', async () => {
	const { ports, said, saidWhenAsked } = askedFor();
	await expect(signInWithPasskey(ports, FORUM, ({ step }) => void said.push(step))).rejects.toMatchObject({ code: 'cancelled' });
	expect(saidWhenAsked()).toBe('passkey');
});
