import type { Draft } from '@multaqa/shared/client/types';
import { Problem } from '@multaqa/shared/problem';
import { expect, test } from 'vitest';
import { NoticeSettings } from './notice-settings.svelte.ts';

/** What an engine keeps of drafts, and as strict about who wrote last. */
function notebook(text?: string) {
	let kept: Draft | null = text === undefined ? null : { text, revision: 1 };
	return {
		readDraft: async () => kept,
		async writeDraft(_key: string, text: string, base: number) {
			if ((kept?.revision ?? 0) !== base) throw new Problem('stale');
			kept = { text, revision: base + 1 };
			return kept.revision;
		},
	};
}

async function opened(store: ReturnType<typeof notebook>): Promise<NoticeSettings> {
	const settings = new NoticeSettings(store);
	await settings.open();
	return settings;
}

const shown = ({ digest, quiet, read }: NoticeSettings) => ({ digest, quiet, read });

test('there is no digest and no quiet until they are chosen, and what was chosen survives a reload', async () => {
	const store = notebook();
	const settings = await opened(store);
	expect(shown(settings)).toEqual({ digest: null, quiet: null, read: 0 });
	await settings.setDigest(0);
	await settings.setQuiet({ from: 22, to: 7 });
	await settings.markRead(1000);
	expect(shown(await opened(store))).toEqual({ digest: 0, quiet: { from: 22, to: 7 }, read: 1000 });
});

test.each([24, -1, 7.5, NaN, Infinity])('the hour %d is refused, and the old setting stays', async (hour) => {
	const store = notebook();
	const settings = await opened(store);
	await settings.setDigest(8);
	await settings.setQuiet({ from: 22, to: 7 });
	await expect(settings.setDigest(hour)).rejects.toMatchObject({ code: 'malformed' });
	await expect(settings.setQuiet({ from: hour, to: 7 })).rejects.toMatchObject({ code: 'malformed' });
	await expect(settings.setQuiet({ from: 22, to: hour })).rejects.toMatchObject({ code: 'malformed' });
	for (const one of [settings, await opened(store)]) expect(shown(one)).toEqual({ digest: 8, quiet: { from: 22, to: 7 }, read: 0 });
});

test('two tabs that choose different things both count', async () => {
	const store = notebook();
	const [one, other] = [await opened(store), await opened(store)];
	await Promise.all([one.setDigest(8), other.setQuiet({ from: 1, to: 2 })]);
	expect(shown(await opened(store))).toEqual({ digest: 8, quiet: { from: 1, to: 2 }, read: 0 });
});

test.each(['', '{', '[]', '{"digest":24,"quiet":null,"read":0}', '{"digest":"8","quiet":null,"read":0}'])(
	'a broken entry (%s) is the beginning, not a page that cannot be opened',
	async (text) => {
		expect((await opened(notebook(text))).digest).toBeNull();
	},
);

test('it is quiet in the hours that were chosen, and while it is not known which they are', async () => {
	const settings = new NoticeSettings(notebook('{"digest":null,"quiet":{"from":22,"to":7},"read":0}'));
	expect(settings.isQuiet(new Date(2026, 10, 22, 12))).toBe(true);
	await settings.open();
	expect(settings.isQuiet(new Date(2026, 10, 22, 12))).toBe(false);
	expect(settings.isQuiet(new Date(2026, 10, 22, 23))).toBe(true);
});
