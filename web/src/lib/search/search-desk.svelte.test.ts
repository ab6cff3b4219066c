import type { Client, SearchActions, SearchQuestion } from '@multaqa/shared/client/types';
import { describe, expect, test, vi } from 'vitest';
import { deskOf, PAGE } from './search-desk.svelte.ts';

/** An open account that notes what is asked of it. */
function opened() {
	const asked: SearchQuestion[] = [];
	const search: SearchActions = {
		begin: () => undefined,
		progress: null,
		find: (question) => {
			asked.push(question);
			return { state: 'too-short' };
		},
	};
	const client = { search, watch: () => () => undefined } as unknown as Client;
	return { client, last: () => asked.at(-1) };
}

const day = (year: number, month: number, date: number) => new Date(year, month - 1, date).getTime() / 1000;

describe('what is looked for', () => {
	test('is what was typed, once the person pauses', async () => {
		const { client, last } = opened();
		const desk = deskOf(client);
		desk.typed = 'إعل';
		desk.typed = 'إعلان';
		expect([desk.answer.state, last()?.text]).toEqual(['too-short', '']);
		await vi.waitFor(() => expect([desk.answer.state, last()?.text]).toEqual(['too-short', 'إعلان']));
	});

	test('may be bounded by whole days where the reader is, the last one included', () => {
		const { client, last } = opened();
		const desk = deskOf(client);
		desk.from = '2026-03-01';
		desk.until = '2026-03-31';
		expect([desk.answer.state, desk.filters]).toEqual(['too-short', 2]);
		expect(last()).toMatchObject({ from: day(2026, 3, 1), until: day(2026, 4, 1) });
		desk.until = '2026-03';
		expect([desk.answer.state, desk.filters, last()?.until]).toEqual(['too-short', 1, null]);
		desk.attached = true;
		expect([desk.answer.state, desk.filters, last()?.attached]).toEqual(['too-short', 2, true]);
		desk.clear();
		expect([desk.answer.state, desk.filters, last()?.from, last()?.attached]).toEqual(['too-short', 0, null, false]);
	});

	test('shows more when asked for, and the first page again for the next question', async () => {
		const { client, last } = opened();
		const desk = deskOf(client);
		desk.more();
		expect([desk.answer.state, last()?.most]).toEqual(['too-short', 2 * PAGE]);
		desk.typed = 'بيان';
		await vi.waitFor(() => expect([desk.answer.state, last()?.most]).toEqual(['too-short', PAGE]));
	});

	test('is there again for whoever comes back, and not for the next account', () => {
		const { client } = opened();
		deskOf(client).typed = 'سرّ';
		expect(deskOf(client).typed).toBe('سرّ');
		expect(deskOf(opened().client).typed).toBe('');
	});
});
