import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Store } from '@multaqa/shared/client/ports';
import { createStore } from './idb-store.ts';

let name: string;
let store: Store;

beforeEach(() => {
	name = `test-${crypto.randomUUID()}`;
	store = createStore(name);
});

afterEach(() => {
	indexedDB.deleteDatabase(name);
});

test('what was written is there for the next page, in order and by prefix', async () => {
	await store.write([
		{ bucket: 'events', key: 'a:2', value: { n: 2 } },
		{ bucket: 'events', key: 'a:1', value: new Uint8Array([1]) },
		{ bucket: 'events', key: 'b:1', value: 'other' },
	]);
	const again = createStore(name);
	expect(await again.list('events', 'a:')).toEqual([
		{ key: 'a:1', value: new Uint8Array([1]) },
		{ key: 'a:2', value: { n: 2 } },
	]);
	expect(await again.keys('events', 'a:')).toEqual(['a:1', 'a:2']);
	expect(await again.get('events', 'c')).toBeUndefined();
	expect(await again.some('events', ['b:1', 'c', 'a:2'])).toEqual(['other', undefined, { n: 2 }]);
});

test('a write is all or nothing, across buckets', async () => {
	await store.write([{ bucket: 'links', key: 'head', value: 1 }]);
	const changes = [
		{ bucket: 'links', key: 'head', value: 2 },
		{ bucket: 'events', key: 'e', value: 'new' },
		{ bucket: 'events', key: 'f', value: () => 'cannot be cloned' },
	] as const;
	await expect(store.write(changes)).rejects.toThrow();
	expect(await store.get('links', 'head')).toBe(1);
	expect(await store.get('events', 'e')).toBeUndefined();
});

test('undefined removes', async () => {
	await store.write([{ bucket: 'drafts', key: 'd', value: 'x' }]);
	await store.write([{ bucket: 'drafts', key: 'd', value: undefined }]);
	expect(await store.get('drafts', 'd')).toBeUndefined();
});

test('a device key comes back usable and still cannot be taken out', async () => {
	const { privateKey, publicKey } = await crypto.subtle.generateKey('Ed25519', false, ['sign', 'verify']);
	await store.write([{ bucket: 'device', key: 'key', value: { privateKey, publicKey } }]);
	const kept = (await createStore(name).get<CryptoKeyPair>('device', 'key'))!;
	const signature = await crypto.subtle.sign('Ed25519', kept.privateKey, new Uint8Array(3));
	expect(await crypto.subtle.verify('Ed25519', kept.publicKey, signature, new Uint8Array(3))).toBe(true);
	await expect(crypto.subtle.exportKey('pkcs8', kept.privateKey)).rejects.toThrow();
});

test('clearing takes what was named, or everything', async () => {
	await store.write([
		{ bucket: 'notes', key: 'n', value: 1 },
		{ bucket: 'drafts', key: 'd', value: 1 },
	]);
	await store.clear('notes');
	expect([await store.get('notes', 'n'), await store.get('drafts', 'd')]).toEqual([undefined, 1]);
	await store.clear();
	expect(await store.get('drafts', 'd')).toBeUndefined();
});

test('two tabs never run the same work at once', async () => {
	const other = createStore(name);
	const order: string[] = [];
	const slow = store.exclusively('sequence', async () => {
		order.push('first begins');
		await new Promise((resolve) => setTimeout(resolve, 30));
		order.push('first ends');
	});
	await Promise.all([slow, other.exclusively('sequence', async () => order.push('second'))]);
	expect(order).toEqual(['first begins', 'first ends', 'second']);
});

test('work that fails frees the way for the next', async () => {
	await expect(store.exclusively('x', () => Promise.reject(new Error('no')))).rejects.toThrow('no');
	expect(await store.exclusively('x', async () => 'yes')).toBe('yes');
});

test('another tab that erases everything is not blocked, and this one opens anew', async () => {
	await store.write([{ bucket: 'notes', key: 'n', value: 1 }]);
	await new Promise((resolve, reject) => {
		const deletion = indexedDB.deleteDatabase(name);
		deletion.onsuccess = resolve;
		deletion.onerror = reject;
	});
	expect(await store.get('notes', 'n')).toBeUndefined();
});
