import { ready, server } from '@serenity-kit/opaque';
import { toBase64url } from '@multaqa/shared/bytes/bytes';
import { beforeAll, expect, test } from 'vitest';
import { createOpaque } from './worker-opaque.ts';

const PASSPHRASE = 'قمر نافذة زيتون جسر حصان مطرقة';
const started: Worker[] = [];
const start = () => {
	const worker = new Worker(new URL('./opaque.worker.ts', import.meta.url), { type: 'module' });
	started.push(worker);
	return worker;
};
const opaque = createOpaque(start);
let serverSetup: string;

beforeAll(async () => {
	await ready;
	serverSetup = server.createSetup();
});

async function register(userIdentifier: string) {
	const { state, request } = await opaque.startRegistration(PASSPHRASE);
	const { registrationResponse } = server.createRegistrationResponse({ serverSetup, userIdentifier, registrationRequest: request });
	return await opaque.finishRegistration(PASSPHRASE, state, registrationResponse);
}

async function login(userIdentifier: string, passphrase: string, registrationRecord: string | null) {
	const { state, request } = await opaque.startLogin(passphrase);
	const { loginResponse } = server.startLogin({ serverSetup, userIdentifier, registrationRecord, startLoginRequest: request });
	return await opaque.finishLogin(passphrase, state, loginResponse);
}

test('the passphrase that made the record opens it, with the same key and the same server', { timeout: 60_000 }, async () => {
	const made = await register('h');
	const opened = await login('h', PASSPHRASE, made.record);
	expect(opened && toBase64url(opened.exportKey)).toBe(toBase64url(made.exportKey));
	expect(opened?.serverKey).toBe(made.serverKey);
	expect(made.exportKey).toHaveLength(64);
});

test('a wrong passphrase and an unknown account answer the same: nothing', { timeout: 60_000 }, async () => {
	const made = await register('h');
	expect(await login('h', 'six other words than those before', made.record)).toBeNull();
	expect(await login('nobody', PASSPHRASE, null)).toBeNull();
});

test('a nonsense answer of the server is a problem, not a hanging page', { timeout: 60_000 }, async () => {
	const { state } = await opaque.startLogin(PASSPHRASE);
	await expect(opaque.finishLogin(PASSPHRASE, state, 'AAAA')).rejects.toMatchObject({ code: 'internal' });
});

test('a script that does not arrive is a lost connection, and the next try asks for it again', async () => {
	let line = false;
	const returning = createOpaque(() => (line ? start() : new Worker(new URL('./missing.js', location.href), { type: 'module' })));
	await expect(returning.startLogin(PASSPHRASE)).rejects.toMatchObject({ code: 'offline' });
	line = true;
	expect(await returning.startLogin(PASSPHRASE)).toHaveProperty('request');
});
