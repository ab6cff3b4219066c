import { expect, test } from 'vitest';
import { attributed } from './attribution.ts';

const isolated = (text: string) => `${String.fromCodePoint(0x2068)}${text}${String.fromCodePoint(0x2069)}`;

test('what is copied is what is read, and says who said it, each in its own direction', () => {
	const source = { name: 'Lina', organisation: 'العدالة', moment: '22 تشرين الثاني 2026' };
	expect(attributed('نوافق **جدًا**', source, '، ')).toBe(
		`نوافق جدًا\n\n— ${isolated('Lina')}، ${isolated('العدالة')}، ${isolated('22 تشرين الثاني 2026')}\n`,
	);
});

test('somebody without an organisation is named alone', () => {
	expect(attributed('x', { name: 'Lina', organisation: null, moment: 'now' }, ', ')).toBe(
		`x\n\n— ${isolated('Lina')}, ${isolated('now')}\n`,
	);
});
