import type { Bytes } from '@multaqa/shared/bytes/bytes';
import type { AccountId } from '@multaqa/shared/bytes/ids';
import { signFile } from '@multaqa/shared/crypto/sign';
import type { Mark, Signature, Statement } from '@multaqa/shared/statements/statement-types';
import { markFile, markOf, WITHHELD, WITHHELD_WITHDRAWAL } from '@multaqa/shared/statements/withheld';
import { isoOf, secondsIn, signatureText, withheldWithdrawalText } from '@multaqa/shared/publication/signed-text';
import { nameOf, org, ROUND_STREAM, SignOn } from '@multaqa/shared/testing/sign-on';
import { beforeEach, expect, test, vi } from 'vitest';
import { OwnWithheld } from './own-withheld.svelte.ts';

const KEEPERS = ['host.c', 'women.c'] as unknown as readonly [AccountId, AccountId];
const NOW = Math.floor(Date.now() / 1000);
let story: SignOn;
let drafts: Map<string, { text: string; revision: number }>;
let sent: { to: readonly AccountId[]; kind: string; content: { file: Uint8Array } }[];
let mark: Mark['mark'];
beforeEach(async () => {
	story = new SignOn();
	story.opens();
	[drafts, sent] = [new Map(), []];
	mark = markOf(await signFile(await story.keyOf('families.one'), markFile(ROUND_STREAM)));
});

/** Another device of a representative; one that is `new` has neither sent nor kept anything. */
function device(kept: typeof drafts = drafts, knowsMark = true): OwnWithheld {
	const client = {
		readDraft: (key: string) => Promise.resolve(kept.get(key) ?? null),
		writeDraft(key: string, text: string, base: number) {
			kept.set(key, { text, revision: base + 1 });
			return Promise.resolve(base + 1);
		},
		representation: { sign: (file: Bytes) => story.signed('families.one', file) },
		letters: {
			send: (to: readonly AccountId[], { kind, content }: { kind: string; content: { file: Uint8Array } }) => {
				sent.push({ to, kind, content });
				return Promise.resolve({ arrived: to.length, waits: null });
			},
		},
	};
	const ownMark = () => (knowsMark ? mark : null);
	return new OwnWithheld({ client, space: { id: 'space' }, signsFor: org('families'), ownMark } as never, ROUND_STREAM);
}

/** What the log tells of the mark. */
const told = (keepers: readonly string[], dropped: number | null = null, signatures: readonly Partial<Signature>[] = []): Statement =>
	({ ...story.now, signatures, marks: [{ mark, keepers, dropped }] }) as unknown as Statement;
const nothing = () => story.now;
const sign = (own: OwnWithheld, statement = nothing()) => own.sign(story.round, statement, nameOf('families'), KEEPERS);
const timeIn = (place: number): number => {
	const { kind, content } = sent[place]!;
	const file = content.file;
	return secondsIn(kind === WITHHELD ? signatureText.read(file).signed : withheldWithdrawalText.read(file).withdrawn);
};

test('is said to be sent, held by one, counted, asked back, and gone, as far as the log tells', async () => {
	const own = device();
	expect(own.state(nothing())).toBe('none');
	await sign(own);
	expect(own.state(nothing())).toBe('sent');
	expect(own.state(told(['host.c']))).toBe('half');
	expect(own.state(told(['host.c', 'women.c']))).toBe('counted');
	await own.takeBack(told(['host.c', 'women.c']));
	expect(own.state(told(['host.c', 'women.c']))).toBe('asked');
	expect(own.state(told(['host.c'], NOW + 5))).toBe('gone');
	expect(own.state(told([], NOW + 5))).toBe('gone');
});

test('is known to another device, and to a colleague, by the mark alone, and taken back by them from those who hold it', async () => {
	const other = device(new Map());
	expect(other.state(told(['host.c', 'women.c']))).toBe('counted');
	await other.takeBack(told(['host.c', 'women.c']));
	expect(sent.map(({ to, kind }) => [to, kind])).toEqual([[KEEPERS, WITHHELD_WITHDRAWAL]]);
	const stranger = device(new Map(), false);
	expect(stranger.state(told(['host.c', 'women.c']))).toBe('none');
	await expect(stranger.takeBack(told(['host.c', 'women.c']))).rejects.toMatchObject({ code: 'not-found' });
});

test('that a colleague took back is gone on the device that sent it', async () => {
	const own = device();
	await sign(own);
	expect(own.state(told([], NOW + 60))).toBe('gone');
	expect(own.state(told([], NOW - 60))).toBe('sent');
});

test('is remembered on this device, and taken back before any coordinator has it, from those it was sent to', async () => {
	await sign(device());
	const again = device();
	await vi.waitFor(() => expect(again.state(nothing())).toBe('sent'));
	await again.takeBack(nothing());
	expect(sent.map(({ to, kind }) => [to, kind])).toEqual([
		[KEEPERS, WITHHELD],
		[KEEPERS, WITHHELD_WITHDRAWAL],
	]);
	expect([...drafts.keys()].join()).not.toContain('withheld');
});

test('is always signed later than what it follows, also within one second: what an organisation said last stands', async () => {
	const own = device();
	await sign(own);
	await own.takeBack(nothing());
	await sign(own);
	expect(timeIn(1)).toBeGreaterThanOrEqual(timeIn(0));
	expect(timeIn(2)).toBeGreaterThan(timeIn(1));
	const open = { organisation: org('families'), said: { signed: isoOf(NOW + 500) }, withdrawal: { said: { withdrawn: isoOf(NOW + 900) } } };
	await sign(own, told([], null, [open as unknown as Signature]));
	expect(timeIn(3)).toBe(NOW + 901);
});

test('says nothing once the organisation has signed openly since', async () => {
	const own = device();
	await sign(own);
	const open = { organisation: org('families'), said: { signed: isoOf(NOW + 60) } } as unknown as Signature;
	expect(own.state({ ...nothing(), signatures: [open] })).toBe('none');
});
