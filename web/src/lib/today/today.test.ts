import type { AccountId, StreamId } from '@multaqa/shared/bytes/ids';
import type { SpaceView, StreamEvent } from '@multaqa/shared/client/types';
import type { Level } from '@multaqa/shared/notebook/content';
import { activityOf } from '@multaqa/shared/threads/activity';
import { beforeEach, describe, expect, test } from 'vitest';
import type { InSpace } from '../threads/list/activities.svelte.ts';
import type { Listed } from '../threads/list/listed.ts';
import { digestOf, spanOf } from './digest.ts';
import { Arrivals } from './news.ts';
import { Asking } from './waits.ts';

const self = 'me'.padEnd(43, 'A') as AccountId;
const organisation = 'org'.padEnd(22, 'A');
const toMe = `@[أنا](account:${self})`;
const toOrganisation = `@[نحن](organisation:${organisation})`;
const streamOf = (name: string) => name.padEnd(22, 'A') as StreamId;
const idOf = (name: string) => name.padEnd(43, 'A');

let position = 0;
let streams: Map<StreamId, StreamEvent[]>;
let levels: Map<StreamId, Level>;
let read: number;
let synchronised: boolean;
beforeEach(() => {
	position = 0;
	streams = new Map();
	levels = new Map();
	read = 0;
	synchronised = true;
});

interface By {
	readonly author?: string;
	readonly role?: string;
	readonly time?: number;
}
function say(thread: string, name: string, type: string, content: object, { author = 'bob', role = 'member', time = 10 }: By = {}): void {
	const stream = streamOf(thread);
	const event = {
		verified: true,
		id: idOf(name),
		stream,
		type,
		content,
		author,
		role,
		time,
		waiting: false,
		position: ++position,
	} as never;
	streams.set(stream, [...(streams.get(stream) ?? []), event]);
}
const post = (thread: string, name: string, text = 'نص', by?: By) => say(thread, name, 'post.add', { text, reply: null }, by);
const notice = (thread: string, name: string) =>
	say(thread, `notice-${name}`, 'post.notice', { post: idOf(name), on: true }, { author: 'fatima', role: 'facilitator' });

function listed(stream: StreamId): Listed {
	const level = levels.get(stream) ?? 'normal';
	const activity = activityOf(streams.get(stream) ?? [], read, self);
	const thread = { stream, title: stream, closedTimes: [] } as unknown as Listed['thread'];
	const unread = { count: level === 'mute' ? 0 : activity.unread.count, coming: 0 };
	return { thread, activity, level, unread, end: activity.end, mine: false };
}
const spaces = (): InSpace[] => [
	{
		space: { id: 'space', role: 'member', synchronised, members: [{ account: self, organisation }] } as unknown as SpaceView,
		threads: [...streams.keys()].map(listed),
		events: (stream) => streams.get(stream) ?? [],
		markOf: () => read,
	},
];
const asked = () => new Asking().of(spaces(), self).map(({ post, as }) => `${as} ${post.replace(/A+$/, '')}`);

describe('what waits for somebody', () => {
	test('is each formal notice until it is confirmed, then mentions, the newest first', () => {
		post('one', 'named', toMe, { time: 10 });
		post('two', 'organisation', toOrganisation, { time: 20 });
		post('two', 'decision');
		notice('two', 'decision');
		expect(asked()).toEqual(['notice decision', 'organisation organisation', 'account named']);
		read = position;
		expect(asked()).toEqual(['notice decision']);
		say('two', 'ack', 'post.acknowledge', { post: idOf('decision') }, { author: self });
		expect(asked()).toEqual([]);
	});

	test('stands there once when a notice names its reader', () => {
		post('one', 'both', toMe);
		notice('one', 'both');
		expect(asked()).toEqual(['notice both']);
	});

	test('of a muted thread is the own name and what is to be confirmed, not the organisation', () => {
		levels.set(streamOf('one'), 'mute');
		post('one', 'named', toMe);
		post('one', 'organisation', toOrganisation);
		post('one', 'decision');
		notice('one', 'decision');
		expect(asked()).toEqual(['notice decision', 'account named']);
	});
});

describe('a digest', () => {
	const at = (day: number, hour: number) => new Date(2026, 10, day, hour);
	const seconds = (day: number, hour: number) => at(day, hour).getTime() / 1000;

	test('reaches from the one before up to its hour, is due once, and not before', () => {
		expect(spanOf(8, 0, at(22, 9))).toEqual({ from: seconds(21, 8), to: seconds(22, 8) });
		expect(spanOf(8, seconds(22, 8), at(22, 23))).toBeNull();
		expect(spanOf(8, seconds(20, 8), at(22, 7))).toEqual({ from: seconds(20, 8), to: seconds(21, 8) });
	});

	test('tells of a week at most, however long somebody was away', () => {
		expect(spanOf(8, seconds(1, 8), at(22, 9))).toEqual({ from: seconds(15, 8), to: seconds(22, 8) });
	});

	test('tells what others wrote, the busiest thread first, nothing of muted ones and nothing of oneself', () => {
		post('quiet', 'one', 'x', { time: 15 });
		post('busy', 'two', 'x', { time: 15 });
		post('busy', 'three', 'x', { time: 16 });
		post('busy', 'old', 'x', { time: 9 });
		post('mine', 'own', 'x', { author: self, time: 15 });
		post('muted', 'five', 'x', { time: 15 });
		levels.set(streamOf('muted'), 'mute');
		const told = digestOf(spaces(), { from: 10, to: 20 }, self);
		expect(told.map(({ listed, written }) => [listed.thread.title, written.posts])).toEqual([
			[streamOf('busy'), 2],
			[streamOf('quiet'), 1],
		]);
	});
});

describe('a notice on the page', () => {
	const arrivals = () => {
		const watching = new Arrivals();
		return () => {
			const news = watching.since(spaces(), self);
			return news && `${news.kind} ${news.post.replace(/A+$/, '')}`;
		};
	};

	test('comes for what arrives in a thread that is followed, once, and not for what was there', () => {
		levels.set(streamOf('one'), 'follow');
		post('one', 'before');
		const next = arrivals();
		expect(next()).toBeNull();
		post('one', 'after');
		expect([next(), next()]).toEqual(['post after', null]);
	});

	test('does not come while a space is fetched for the first time', () => {
		levels.set(streamOf('one'), 'follow');
		synchronised = false;
		const next = arrivals();
		post('one', 'first');
		expect(next()).toBeNull();
		post('one', 'second');
		expect(next()).toBeNull();
		synchronised = true;
		expect(next()).toBeNull();
		post('one', 'third');
		expect(next()).toBe('post third');
	});

	test('comes for a mention or a request to confirm wherever it stands; of other threads nothing', () => {
		post('one', 'before');
		const next = arrivals();
		next();
		post('one', 'plain');
		expect(next()).toBeNull();
		post('one', 'named', toMe);
		expect(next()).toBe('mention named');
		notice('one', 'plain');
		expect(next()).toBe('confirm plain');
		levels.set(streamOf('one'), 'mute');
		post('one', 'organisation', toOrganisation);
		expect(next()).toBeNull();
		post('new', 'opened', toOrganisation);
		expect(next()).toBe('mention opened');
	});

	test('does not come for own words or for what another device has read already', () => {
		levels.set(streamOf('one'), 'follow');
		post('one', 'before');
		const next = arrivals();
		next();
		post('one', 'own', 'x', { author: self });
		expect(next()).toBeNull();
		post('one', 'other');
		read = position;
		expect(next()).toBeNull();
	});
});
