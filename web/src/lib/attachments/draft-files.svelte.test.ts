import { MOST_ATTACHMENTS, type Attachment } from '@multaqa/shared/attachments/manifest';
import type { SpaceId } from '@multaqa/shared/bytes/ids';
import type { Client, Draft } from '@multaqa/shared/client/types';
import { Problem } from '@multaqa/shared/problem';
import { expect, test, vi } from 'vitest';
import type { Cleaner } from './clean-beside.ts';
import { DraftFiles } from './draft-files.svelte.ts';

/** A device that seals what it is given, keeps drafts, and counts what was discarded. */
function device() {
	const drafts = new Map<string, Draft>();
	const discarded: string[] = [];
	let sealed = 0;
	const client = {
		attachments: {
			attach: async (_space: SpaceId, { bytes, ...described }: { bytes: Uint8Array; name: string }) => ({
				description: null,
				...described,
				size: bytes.length,
				key: new Uint8Array(32),
				pieces: [String(++sealed).padStart(43, 'A')],
			}),
			open: async () => new Uint8Array(3),
			isHere: async (_space: SpaceId, { name }: Attachment) => !discarded.includes(name),
			discard: async (_space: SpaceId, { name }: Attachment) => void discarded.push(name),
		},
		readDraft: async (key: string) => drafts.get(key) ?? null,
		writeDraft: async (key: string, text: string, base: number) => {
			if ((drafts.get(key)?.revision ?? 0) !== base) throw new Problem('stale');
			drafts.set(key, { text, revision: base + 1 } as Draft);
			return base + 1;
		},
		removeDraft: async (key: string) => void drafts.delete(key),
	} as unknown as Client;
	return { client, drafts, discarded };
}

const clean: Cleaner = async ({ file, name, smaller }) => {
	if (name === 'bad.pdf') throw new Problem('file-uncleanable');
	const isPicture = name.endsWith('.png');
	const bytes = new Uint8Array(smaller ? 1 : file.size);
	const type = isPicture ? 'image/png' : 'text/plain';
	return { bytes, type, pixels: isPicture ? [4, 3] : null, removed: ['author'], kept: [], large: isPicture };
};

const open = async (client: Client, saving = false, cleaner = clean) => {
	const plainNameFor = (kind: 'picture' | 'document') => (kind === 'picture' ? 'صورة' : 'مستند');
	const files = new DraftFiles(client, { space: 's' as SpaceId, key: 'thread:t', clean: cleaner, plainNameFor, saving: () => saving });
	await files.open();
	return files;
};
const file = (name: string) => new File([new Uint8Array(9)], name);
const ready = (files: DraftFiles) => vi.waitFor(() => expect(files.busy).toBe(false));

test('files are cleaned, sealed and named by people; what devices call them is replaced', async () => {
	const files = await open(device().client);
	files.add([file('IMG_20260102_030405.png'), file('IMG_20260102_030406.png'), file('محضر.txt')]);
	expect([files.busy, files.attachments]).toEqual([true, []]);
	await ready(files);
	expect(files.attachments.map(({ name }) => name)).toEqual(['صورة', 'صورة 2', 'محضر']);
	expect(files.list[0]?.removed).toEqual(['author']);
});

test('what cannot be cleaned says why, and the others go on', async () => {
	const files = await open(device().client);
	files.add([file('bad.pdf'), file('good.txt')]);
	await ready(files);
	expect(files.list.map(({ state }) => state)).toEqual(['failed', 'ready']);
	expect(files.list[0]?.failure).toMatchObject({ code: 'file-uncleanable' });
	expect(files.attachments).toHaveLength(1);
});

test('after a reload they hang there again, with the name and description given to them', async () => {
	const { client } = device();
	const files = await open(client);
	files.add([file('map.png')]);
	await ready(files);
	Object.assign(files.list[0] ?? {}, { name: 'خريطة', description: 'المخيم' });
	await files.save();
	const again = await open(client);
	expect(again.attachments).toMatchObject([{ name: 'خريطة', description: 'المخيم', pixels: [4, 3] }]);
	await again.finish();
	expect((await open(client)).list).toEqual([]);
});

test('one that is taken away is discarded, even while it is being cleaned', async () => {
	const { client, discarded } = device();
	const waiting = Promise.withResolvers<void>();
	const files = await open(client, false, async (question) => {
		await waiting.promise;
		return clean(question);
	});
	files.add([file('a.txt'), file('b.txt')]);
	await files.remove(files.list[0]!);
	waiting.resolve();
	await ready(files);
	await vi.waitFor(() => expect(files.attachments.map(({ name }) => name)).toEqual(['b']));
	await files.remove(files.list[0]!);
	expect([files.list, discarded.at(-1)]).toEqual([[], 'b']);
});

test('no more than a post takes, and that is said', async () => {
	const files = await open(device().client);
	files.add(Array.from({ length: MOST_ATTACHMENTS + 2 }, (_, place) => file(`${place}.txt`)));
	expect([files.list.length, files.tooMany]).toEqual([MOST_ATTACHMENTS, true]);
	await files.remove(files.list[0]!);
	expect(files.tooMany).toBe(false);
});

test('in low-data mode a picture is made smaller, until its sender wants it as it is', async () => {
	const { client, discarded } = device();
	const files = await open(client, true);
	files.add([file('map.png')]);
	await ready(files);
	expect(files.attachments[0]?.size).toBe(1);
	files.resize(files.list[0]!);
	await ready(files);
	expect([files.attachments[0]?.size, discarded]).toEqual([9, ['map']]);
});

test('two tabs: what the person sees is what is kept, and what was taken back hangs there once', async () => {
	const { client } = device();
	const [one, other] = [await open(client), await open(client)];
	one.add([file('a.txt')]);
	await ready(one);
	other.add([file('b.txt')]);
	await ready(other);
	await vi.waitFor(async () => expect((await open(client)).attachments.map(({ name }) => name)).toEqual(['b']));
	await other.take(other.attachments);
	expect(other.list).toHaveLength(1);
	await other.take(one.attachments);
	expect(other.attachments.map(({ name }) => name)).toEqual(['b', 'a']);
});
