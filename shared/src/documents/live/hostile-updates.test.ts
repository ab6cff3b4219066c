import { expect, test } from 'vitest';
import { heavyUpdates, MALLORY, refusedUpdates, type HostileUpdate } from '../../testing/hostile-updates.ts';
import { refusalOf } from '../../testing/refusal.ts';
import { liveText } from './text.ts';
import { CHANGE_LIMITS, scanUpdate } from './update-scan.ts';
import { docOfState, VersionText, type Change } from './version-text.ts';

const arrived = (update: Uint8Array, name: string) =>
	({ id: name, author: 'mallory', device: 'phone', time: 0, online: true, settles: [], update, client: MALLORY }) as never;

function textBefore({ before, name }: HostileUpdate): VersionText {
	const text = new VersionText();
	for (const [at, update] of before.entries()) expect(text.take(arrived(update, `${name} ${at}`), null), name).not.toBeNull();
	return text;
}
const takes = (text: VersionText, { update, name }: HostileUpdate): Change | null => text.take(arrived(update, name), null);

test.each(refusedUpdates())('refuses $name, and is as it was', (hostile) => {
	const text = textBefore(hostile);
	const before = JSON.stringify(liveText(text.doc));
	expect(takes(text, hostile)).toBeNull();
	expect(JSON.stringify(liveText(text.doc))).toBe(before);
	expect(text.changes).toHaveLength(hostile.before.length);
	expect(text.doc.store.pendingStructs).toBeNull();
});

test.each(heavyUpdates())('takes $name', (heavy) => {
	expect(takes(textBefore(heavy), heavy)).not.toBeNull();
});

test('says which limit was passed', async () => {
	const reasons = refusedUpdates().map(({ update }) => refusalOf(async () => scanUpdate(update, CHANGE_LIMITS)));
	expect((await Promise.all(reasons)).slice(0, 3)).toEqual(['too-large', 'too-large', 'too-large']);
});

test('a snapshot that claims much, or leaves gaps behind it, is none', () => {
	for (const { update } of refusedUpdates().slice(0, 3)) expect(() => docOfState(update)).toThrow();
	const gap = new Uint8Array([1, 1, 7, 9, 4, 1, 5, ...new TextEncoder().encode('about'), 1, 97, 0]);
	expect(() => docOfState(gap)).toThrow();
});
