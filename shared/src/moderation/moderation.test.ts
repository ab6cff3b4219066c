import { describe, expect, test } from 'vitest';
import type { AccountId, Hash, StreamId } from '../bytes/ids.ts';
import type { Judge } from '../client/judging.ts';
import type { StreamEvent } from '../client/types.ts';
import { id, named, post, said, streamId, type Speaker } from '../testing/said.ts';
import { discussionOf } from '../threads/posts.ts';
import { readAct } from './events.ts';
import { judge } from './judge.ts';
import { moderationOf, silencedUntil } from './moderation.ts';
import { refusalOf, type Actor } from './rules.ts';
import { standingOf } from './moderation.ts';
import { writtenIn } from './written.ts';

const DAY = 24 * 60 * 60;
const [INDEX, ACTS, THREAD] = [streamId('index'), streamId('acts'), streamId('s')] as [StreamId, StreamId, StreamId];
const fatima = { author: 'fatima', role: 'facilitator' } as const;
const karim = { author: 'karim', role: 'facilitator' } as const;
const coordinator = { author: 'carol', role: 'coordinator' } as const;
const bob = { author: 'bob' } as const;
const reason = 'كلام جارح';

/** A space in which one thing happens after another. */
class Room {
	readonly #streams = new Map<StreamId, StreamEvent[]>();
	#count = 0;
	readonly judge: Judge = judge({ index: INDEX, moderation: ACTS, events: (stream) => this.raw(stream) });

	raw = (stream: StreamId): readonly StreamEvent[] => this.#streams.get(stream) ?? [];

	happens(stream: StreamId, event: StreamEvent): Hash {
		this.#streams.set(stream, [...this.raw(stream), event]);
		return event.id as Hash;
	}

	posts(name: string, speaker: Speaker = {}, reply: string | null = null): Hash {
		return this.happens(THREAD, post(name, reply, name, speaker));
	}

	acts(type: string, content: object, speaker: Speaker = fatima): Hash {
		return this.happens(ACTS, said(`act${++this.#count}x`, `moderation.${type}`, content as never, speaker));
	}

	about(type: string, name: string, content: object = {}, speaker: Speaker = fatima): Hash {
		return this.acts(type, { stream: THREAD, post: id(name), reason, ...content }, speaker);
	}

	refusal(type: string, content: object, { author, role, time = 1 }: Speaker): string | null {
		const act = readAct(`moderation.${type}`, content);
		const written = writtenIn(this.raw);
		const actor: Actor = { account: author as AccountId, role: role ?? 'member', time };
		return act ? refusalOf(act, actor, standingOf(this.moderation, written)) : 'malformed';
	}

	get moderation() {
		return moderationOf(this.raw(ACTS), writtenIn(this.raw));
	}

	/** What everybody sees of the thread. */
	get shown(): string[] {
		const { items, aside } = discussionOf(this.judge.events(THREAD));
		const name = (item: (typeof items)[number]) => named(item.id) + (item.kind === 'post' && item.hidden ? ':hidden' : '');
		return [...items.map(name), ...aside.map((kept) => `${named(kept.id)}:${kept.aside}`)];
	}
}

const aboutPost = (name: string, more: object = {}) => ({ stream: THREAD, post: id(name), reason, ...more });

describe('a silence', () => {
	test('ends when it says, and what was written in that time was never said', () => {
		const room = new Room();
		room.posts('slur', bob);
		room.about('silence', 'slur', { days: 1 }, { ...fatima, time: 10 });
		room.posts('during', { ...bob, time: 20 });
		room.posts('other', { time: 20 });
		room.posts('after', { ...bob, time: 10 + DAY });
		expect(room.shown).toEqual(['slur', 'other', 'after']);
		expect(room.judge.silencedUntil('bob' as AccountId, 20)).toBe(10 + DAY);
		expect(room.judge.silencedUntil('bob' as AccountId, 10 + DAY)).toBeNull();
		expect(room.judge.silencedUntil('alice' as AccountId, 20)).toBeNull();
	});

	test('has a reason and one of four lengths, or it is none', () => {
		const room = new Room();
		room.posts('slur', bob);
		for (const content of [{ days: 2 }, { days: 0 }, { days: 365 }, {}, { days: 1, reason: ' ' }]) room.about('silence', 'slur', content);
		room.acts('silence', { stream: THREAD, post: id('slur'), days: 1 });
		expect([room.moderation.log, room.judge.silencedUntil('bob' as AccountId, 2)]).toEqual([[], null]);
	});

	test('is not for a critic of whoever decides: not for who answered them, nor for whom they answered before', () => {
		const room = new Room();
		room.posts('thesis', fatima);
		room.posts('critique', bob, 'thesis');
		room.posts('view', { author: 'dana' });
		room.posts('retort', fatima, 'view');
		room.posts('again', { author: 'dana' });
		room.about('silence', 'critique', { days: 1 });
		room.about('hide', 'again');
		expect(room.moderation.log).toEqual([]);
		expect(room.refusal('silence', aboutPost('critique', { days: 1 }), fatima)).toBe('nobody-judges-an-own-case');
		expect(room.refusal('reword', aboutPost('critique'), fatima)).toBeNull();
		expect(room.refusal('silence', aboutPost('critique', { days: 1 }), karim)).toBeNull();
	});

	test('is not by an equal, nor upward, nor of oneself, nor about what is not there', () => {
		const room = new Room();
		room.posts('chair', coordinator);
		room.posts('peer', karim);
		room.posts('mine', fatima);
		room.posts('plain', bob);
		const refusal = (name: string, speaker: Speaker) => room.refusal('silence', aboutPost(name, { days: 1 }), speaker);
		expect(refusal('chair', fatima)).toBe('nobody-acts-upward');
		expect(refusal('peer', fatima)).toBe('nobody-acts-upward');
		expect(refusal('peer', coordinator)).toBeNull();
		expect(refusal('mine', fatima)).toBe('nobody-judges-an-own-case');
		expect(refusal('plain', { author: 'alice' })).toBe('facilitators-moderate');
		expect(refusal('gone', fatima)).toBe('measure-is-about-something');
	});

	test('of a facilitator ends what they decide meanwhile, and lifting it is not theirs', () => {
		const room = new Room();
		room.posts('peer', karim);
		room.posts('plain', bob);
		const silence = room.about('silence', 'peer', { days: 1 }, coordinator);
		room.about('hide', 'plain', {}, { ...karim, time: 2 });
		expect(room.shown).toEqual(['peer', 'plain']);
		expect(room.refusal('lift', { measure: silence, reason }, { ...karim, time: 2 })).toBe('author-is-not-silenced');
		expect(room.refusal('lift', { measure: silence, reason }, fatima)).toBe('nobody-acts-upward');
		expect(room.refusal('lift', { measure: silence, reason }, coordinator)).toBeNull();
	});

	test('does not reach back: what was said before it stays, in whatever order it is looked at', () => {
		const room = new Room();
		room.posts('before', { ...bob, time: 5 });
		room.posts('slur', { ...bob, time: 6 });
		room.about('silence', 'slur', { days: 3 }, { ...fatima, time: 7 });
		expect(room.shown).toEqual(['before', 'slur']);
		const lifted = room.moderation.log[0]?.measure as Hash;
		room.posts('during', { ...bob, time: 8 });
		room.acts('lift', { measure: lifted, reason }, { ...fatima, time: 9 });
		room.posts('after', { ...bob, time: 10 });
		expect(room.shown).toEqual(['before', 'slur', 'after']);
		expect(silencedUntil(room.moderation.measures, 'bob' as AccountId, 11)).toBeNull();
	});
});

describe('an appeal', () => {
	const hidden = () => {
		const room = new Room();
		room.posts('claim', bob);
		return { room, measure: room.about('hide', 'claim') };
	};

	test('is of whom it concerns, once, and even of who is silenced', () => {
		const { room, measure } = hidden();
		const silence = room.about('silence', 'claim', { days: 7 });
		const appeal = (about: Hash, speaker: Speaker) => room.refusal('appeal', { measure: about, text: 'ليس تحريضًا' }, speaker);
		expect(appeal(measure, { author: 'alice' })).toBe('appeal-is-of-whom-it-concerns');
		expect([appeal(measure, bob), appeal(silence, bob)]).toEqual([null, null]);
		room.acts('appeal', { measure, text: 'ليس تحريضًا' }, bob);
		expect(appeal(measure, bob)).toBe('appeal-comes-once');
	});

	test('is decided by another facilitator, and lifts what was decided', () => {
		const { room, measure } = hidden();
		expect(room.shown).toEqual(['claim:hidden']);
		const decision = { measure, uphold: false, reason: 'رأي لا تحريض' };
		expect(room.refusal('decide', decision, karim)).toBe('appeal-is-open');
		room.acts('appeal', { measure, text: 'ليس تحريضًا' }, bob);
		expect(room.refusal('decide', decision, fatima)).toBe('appeal-is-decided-by-another');
		expect(room.refusal('decide', decision, bob)).toBe('facilitators-moderate');
		expect(room.refusal('decide', decision, { ...bob, role: 'facilitator' })).toBe('appeal-is-decided-by-another');
		room.acts('decide', decision, karim);
		expect(room.shown).toEqual(['claim']);
		expect(room.moderation.measures.get(measure)).toMatchObject({
			lifted: { by: 'karim', onAppeal: true },
			appeal: { decision: { upheld: false } },
		});
		expect(room.refusal('decide', { ...decision, uphold: true }, coordinator)).toBe('appeal-is-open');
	});

	test('that is not granted leaves everything as it was', () => {
		const { room, measure } = hidden();
		room.acts('appeal', { measure, text: 'ليس تحريضًا' }, bob);
		room.acts('decide', { measure, uphold: true, reason: 'يبقى' }, karim);
		expect(room.shown).toEqual(['claim:hidden']);
		expect(room.refusal('lift', { measure, reason }, fatima)).toBeNull();
	});
});

describe('a thread', () => {
	test('that is slowed keeps out what comes too soon after an own post, of members', () => {
		const room = new Room();
		room.posts('first', { ...bob, time: 0 });
		const slow = room.acts('slow', { stream: THREAD, seconds: 60, reason });
		room.posts('soon', { ...bob, time: 59 });
		room.posts('later', { ...bob, time: 60 });
		room.posts('led', { ...fatima, time: 61 });
		room.posts('led again', { ...fatima, time: 62 });
		room.posts('other', { author: 'dana', time: 62 });
		expect(room.shown).toEqual(['first', 'later', 'led', 'led again', 'other', 'soon:too-soon']);
		room.acts('lift', { measure: slow, reason });
		room.posts('free', { ...bob, time: 63 });
		expect(room.shown).toContain('free');
	});

	test('in which posts are let in shows them once a facilitator has done so', () => {
		const room = new Room();
		room.posts('before', bob);
		room.acts('approval', { stream: THREAD, reason });
		room.posts('waits', bob);
		room.posts('second', bob);
		room.posts('led', fatima);
		expect(room.shown).toEqual(['before', 'led', 'waits:unapproved', 'second:unapproved']);
		room.about('admit', 'waits', { reason: undefined });
		room.acts('admit', { stream: THREAD, post: id('waits') });
		room.acts('admit', { stream: THREAD, post: id('second') }, { author: 'alice' });
		expect(room.shown).toEqual(['before', 'waits', 'led', 'second:unapproved']);
	});

	const waiting = () => {
		const room = new Room();
		room.posts('thesis', fatima);
		const approval = room.acts('approval', { stream: THREAD, reason });
		room.posts('waits', bob);
		room.posts('critique', bob, 'thesis');
		return { room, approval };
	};

	test('in which posts are let in keeps one out with a reason; its author appeals, and another facilitator lets it in', () => {
		const { room } = waiting();
		const keptOut = room.about('keep-out', 'waits');
		expect(room.moderation.measures.get(keptOut)).toMatchObject({ kind: 'keep-out', by: 'fatima', concerns: { account: 'bob' }, reason });
		expect(room.shown).toEqual(['thesis', 'waits:unapproved', 'critique:unapproved']);
		expect(room.refusal('appeal', { measure: keptOut, text: 'لم أخالف' }, { author: 'dana' })).toBe('appeal-is-of-whom-it-concerns');
		room.acts('appeal', { measure: keptOut, text: 'لم أخالف' }, bob);
		const decision = { measure: keptOut, uphold: false, reason: 'لا مانع' };
		expect(room.refusal('decide', decision, fatima)).toBe('appeal-is-decided-by-another');
		expect(room.shown).toContain('waits:unapproved');
		room.acts('decide', decision, karim);
		expect(room.shown).toEqual(['thesis', 'waits', 'critique:unapproved']);
	});

	test('in which posts are let in keeps one out for good when the appeal is not granted, until somebody lifts it', () => {
		const { room } = waiting();
		const keptOut = room.about('keep-out', 'waits');
		room.acts('appeal', { measure: keptOut, text: 'لم أخالف' }, bob);
		room.acts('decide', { measure: keptOut, uphold: true, reason: 'يبقى' }, karim);
		expect(room.shown).toContain('waits:unapproved');
		expect(room.refusal('admit', { stream: THREAD, post: id('waits') }, karim)).toBe('post-is-not-kept-out');
		room.acts('lift', { measure: keptOut, reason: 'أعيد النظر' });
		expect(room.shown).toEqual(['thesis', 'waits', 'critique:unapproved']);
	});

	test('in which posts are let in keeps out nothing without a reason, of a critic, or that does not wait', () => {
		const { room, approval } = waiting();
		const refusal = (name: string, speaker: Speaker = fatima) => room.refusal('keep-out', aboutPost(name), speaker);
		expect(room.refusal('keep-out', { stream: THREAD, post: id('waits') }, fatima)).toBe('malformed');
		expect([refusal('critique'), refusal('critique', karim)]).toEqual(['nobody-judges-an-own-case', null]);
		expect(refusal('waits', { author: 'alice' })).toBe('facilitators-moderate');
		expect(refusal('thesis', coordinator)).toBe('post-waits');
		room.acts('admit', { stream: THREAD, post: id('waits') });
		expect(refusal('waits')).toBe('post-waits');
		room.about('keep-out', 'critique', {}, karim);
		expect(refusal('critique', karim)).toBe('post-waits');
		room.acts('lift', { measure: approval, reason });
		room.posts('free', bob);
		expect(refusal('free')).toBe('post-waits');
	});

	test('that was closed for a time has none of what members posted then', () => {
		const room = new Room();
		room.happens(INDEX, said('open', 'thread.open', { stream: THREAD, title: 'عنوان' }));
		room.posts('before', bob);
		room.happens(INDEX, said('shut', 'thread.close', { stream: THREAD, on: true, reason }, fatima));
		room.posts('while', bob);
		room.posts('led', fatima);
		room.happens(INDEX, said('again', 'thread.close', { stream: THREAD, on: false, reason: null }, fatima));
		room.posts('after', bob);
		expect(room.shown).toEqual(['before', 'led', 'after', 'while:closed']);
	});

	test('about which nothing was decided is the same list as before, and stays it while others are decided about', () => {
		const room = new Room();
		room.posts('one', bob);
		const before = room.judge.events(THREAD);
		expect(before).toBe(room.raw(THREAD));
		room.happens(INDEX, said('name', 'profile.person', { name: 'x' }));
		expect(room.judge.events(THREAD)).toBe(before);
	});
});

test('a line that fails its checks is counted, and told to everybody', () => {
	const room = new Room();
	room.posts('one', bob);
	room.about('hide', 'one');
	room.happens(ACTS, { verified: false, id: id('gone'), stream: ACTS, reason: 'not-allowed', position: 99 } as never);
	expect([room.moderation.broken, room.moderation.log.length]).toEqual([1, 1]);
});
