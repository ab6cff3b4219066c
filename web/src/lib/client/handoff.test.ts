import { beforeEach, expect, test } from 'vitest';
import { Handoff } from './handoff.ts';

beforeEach(() => sessionStorage.clear());

function browser(hash: string) {
	const shown: string[] = [];
	const address = { hash, pathname: '/join', search: '' } as Location;
	const past = {
		state: { kept: true },
		replaceState: (_state: unknown, _title: string, url: string) => shown.push(url),
	} as unknown as History;
	return { address, past, shown };
}

test('the secret leaves the address bar at once', () => {
	const { address, past, shown } = browser('#1.secret');
	expect(new Handoff('join').take(address, past)).toBe('1.secret');
	expect(shown).toEqual(['/join']);
});

test('a reload still has it, and what was typed', () => {
	const before = new Handoff('join');
	before.take(browser('#1.secret').address, browser('').past);
	before.write('person', 'لينا');
	const after = new Handoff('join');
	expect(after.take(browser('').address, browser('').past)).toBe('1.secret');
	expect(after.read('person')).toBe('لينا');
});

test('another link starts empty', () => {
	const before = new Handoff('join');
	before.take(browser('#1.first').address, browser('').past);
	before.write('person', 'لينا');
	const after = new Handoff('join');
	after.take(browser('#1.second').address, browser('').past);
	expect(after.read('person')).toBeNull();
});

test('when it is done nothing stays in the tab, and other pages keep theirs', () => {
	const join = new Handoff('join');
	join.take(browser('#1.secret').address, browser('').past);
	new Handoff('setup').write('forum', 'ملتقى');
	join.finish();
	expect(JSON.stringify(Object.entries(sessionStorage))).not.toContain('secret');
	expect(new Handoff('setup').read('forum')).toBe('ملتقى');
});
