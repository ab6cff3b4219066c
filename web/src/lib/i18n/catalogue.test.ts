import { describe, expect, test } from 'vitest';
import arabic from '../../../messages/ar.json' with { type: 'json' };
import { completed, missingFrom, type Catalogue } from '../../../messages/complete.ts';
import english from '../../../messages/en.json' with { type: 'json' };
import { m } from '../paraglide/messages.js';

const ARABIC_FORMS = ['few', 'many', 'one', 'other', 'two', 'zero'];

interface Variants {
	readonly selectors: readonly string[];
	readonly match: Record<string, string>;
}

const variantsOf = (message: unknown): Variants[] => (Array.isArray(message) ? (message as Variants[]) : []);
const formsOf = (message: unknown) =>
	variantsOf(message).flatMap(({ match }) => Object.keys(match).map((when) => when.split('=')[1]?.replace('*', 'other') ?? ''));
const textsOf = (message: unknown) =>
	typeof message === 'string' ? [message] : variantsOf(message).flatMap(({ match }) => Object.values(match));
const placeholdersOf = (message: unknown) => [...new Set(textsOf(message).flatMap((text) => text.match(/\{\w+\}/g) ?? []))].toSorted();

describe('the two catalogues', () => {
	test('nothing is untranslated', () => {
		expect(missingFrom(arabic as Catalogue, english as Catalogue)).toEqual([]);
		expect(missingFrom(english as Catalogue, arabic as Catalogue)).toEqual([]);
	});

	test('both languages fill in the same things', () => {
		const differing = Object.keys(english).filter((key) => {
			const [ours, theirs] = [arabic, english].map((catalogue) => placeholdersOf((catalogue as Catalogue)[key]).join());
			return ours !== theirs;
		});
		expect(differing).toEqual([]);
	});

	test('whatever is counted has the six Arabic forms', () => {
		const counted = Object.entries(arabic).filter(([, message]) => Array.isArray(message));
		expect(counted.length).toBeGreaterThan(5);
		for (const [key, message] of counted) expect({ key, forms: formsOf(message).toSorted() }).toEqual({ key, forms: ARABIC_FORMS });
	});

	test('no Arabic text carries Latin quotation marks or a Latin comma', () => {
		const wrong = Object.entries(arabic).filter(
			([key, message]) => !key.startsWith('$') && textsOf(message).some((text) => /[“”"]|[\u0600-\u06FF],/.test(text)),
		);
		expect(wrong).toEqual([]);
	});
});

describe('a missing translation', () => {
	test('falls back to English that keeps its own direction', () => {
		const filled = completed({}, { greeting: 'Hello (you).', posts: [{ match: { 'many=one': '{n} post', 'many=*': '{n} posts' } }] });
		expect(filled['greeting']).toBe('\u2066Hello (you).\u2069');
		expect(filled['posts']).toEqual([{ match: { 'many=one': '\u2066{n} post\u2069', 'many=*': '\u2066{n} posts\u2069' } }]);
	});
});

test.each([
	[0, 'لا أعضاء'],
	[1, 'عضو واحد'],
	[2, 'عضوان'],
	[3, '3 أعضاء'],
	[11, '11 عضوًا'],
	[100, '100 عضو'],
])('%i members in Arabic', (count, text) => {
	expect(m.members_count({ count, shown: String(count) }, { locale: 'ar' })).toBe(text);
});
