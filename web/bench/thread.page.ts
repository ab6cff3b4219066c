import type { AccountId, DeviceId, Hash, SpaceId, StreamId } from '@multaqa/shared/bytes/ids';
import type { Client, MemberView, SpaceView, VerifiedEvent } from '@multaqa/shared/client/types';
import type { Thread } from '@multaqa/shared/threads/threads';
import { createRawSnippet, mount, type Component } from 'svelte';
import { makeDraftFiles } from '../src/lib/attachments/make-draft-files.ts';
import { provideClient } from '../src/lib/client/client-context.ts';
import { Display, provideDisplay } from '../src/lib/display/display.svelte.ts';
import { followingFormat, provideFormat, speak } from '../src/lib/i18n/words.ts';
import { Desk, provideDesk } from '../src/lib/moderation/desk.svelte.ts';
import { ReadingProgress } from '../src/lib/threads/reading/progress.svelte.ts';
import Around from '../src/lib/text/testing/Around.svelte';
import { provideThreads, Threads } from '../src/lib/threads/threads.svelte.ts';
import ThreadView from '../src/lib/threads/ThreadView.svelte';
import { DraftText } from '../src/lib/writing/draft.svelte.ts';
import base from '../src/lib/ui/style/base.css?inline';
import tokens from '../src/lib/ui/style/tokens.css?inline';

const POSTS = 10_000;
const FRAMES = 240;
/** As a quick thumb moves a page, in pixels of a frame. */
const FLING = 90;
const SENTENCE = 'نقترح صياغة مشتركة تراعي أولويات المنظمات جميعها، ونعود إليها يوم الأحد. ';
const space = 'Q'.repeat(43) as SpaceId;
const stream = 'T'.repeat(22) as StreamId;
const index = 'I'.repeat(22) as StreamId;
const idOf = (place: number) => String(place).padStart(43, 'A') as Hash;

function event(place: number, type: string, content: VerifiedEvent['content'], of: StreamId): VerifiedEvent {
	const author = `author-${place % 12}` as AccountId;
	const about = {
		role: 'member',
		directory: 0,
		parents: [],
		device: 'd' as DeviceId,
		generation: 1,
		voice: 'person',
		waiting: false,
	} as const;
	return {
		verified: true,
		id: idOf(place),
		stream: of,
		type,
		content,
		author,
		time: 1_800_000_000 + place * 60,
		position: place,
		...about,
	};
}

const posts = Array.from({ length: POSTS }, (_, at) =>
	event(at + 2, 'post.add', { text: SENTENCE.repeat(1 + ((at * 7) % 9)), reply: at % 4 === 3 ? idOf(at + 1) : null }, stream),
);
const opening = [event(1, 'thread.open', { stream, title: 'نقاش طويل' }, index)];

/** An engine in which everything has been checked already: what is measured here is the page. */
const client = {
	status: { account: 'me' as AccountId, phase: 'open' },
	watch: () => () => undefined,
	events: (_space: SpaceId, of: StreamId) => (of === stream ? posts : of === index ? opening : []),
	held: { list: [] },
	backlog: { missing: () => ({ count: 0, last: 0 }), total: 0, want: () => undefined, wantAll: () => undefined },
	findings: [],
	reading: { markOf: () => POSTS / 2, read: async () => undefined, levelOf: () => 'normal' },
	readDraft: async () => null,
	writeDraft: async () => 1,
	removeDraft: async () => undefined,
} as unknown as Client;

/** One who facilitates, so that everything a post offers is there. */
const view = { id: space, index, role: 'facilitator' } as SpaceView;

const label = (text: string) => createRawSnippet(() => ({ render: () => `<span>${text}</span>` }));
const nextFrame = () => new Promise<number>((resolve) => requestAnimationFrame(resolve));
const drawn = () => document.querySelectorAll('[data-post]').length;

function show(): void {
	const threads = new Threads(client, view);
	const shown = threads.posts(stream);
	const props = {
		thread: threads.find(stream) as Thread,
		posts: shown,
		progress: new ReadingProgress(client, space, shown),
		draft: new DraftText(client, 'draft'),
		files: makeDraftFiles(client, space, 'draft'),
		arrival: null,
		self: 'me' as AccountId,
		leads: true,
		writable: true,
		members: [] as MemberView[],
		address: '',
		nameOf: () => 'ليلى',
		organisationOf: () => null,
		author: label('ليلى حداد'),
		name: label('ليلى'),
	};
	const provide = () => {
		const display = new Display(null, document.documentElement);
		provideDisplay(display);
		provideFormat(followingFormat(display));
		speak(display);
		provideClient(client);
		provideThreads(threads);
		provideDesk(
			new Desk(
				client,
				() => view,
				() => null,
			),
		);
	};
	mount(Around as unknown as Component<Record<string, unknown>>, { target: document.body, props: { child: ThreadView, props, provide } });
}

/** Until the first unread post, in the middle of the thread, stands on the screen and nothing moves any more. */
async function opened(): Promise<number> {
	const start = performance.now();
	show();
	const first = idOf(POSTS / 2 + 1);
	let still = 0;
	let at = -1;
	while (still < 2) {
		await nextFrame();
		const top = document.getElementById(`post-${first}`)?.getBoundingClientRect().top ?? -1;
		still = top > 0 && top < innerHeight && top === at ? still + 1 : 0;
		at = top;
		if (performance.now() - start > 30_000) throw new Error('the first unread post never came to the screen');
	}
	return performance.now() - start;
}

/** How long each frame took while the page moved. */
async function scrolled(step: number): Promise<readonly number[]> {
	const times: number[] = [];
	let before = await nextFrame();
	for (let frame = 0; frame < FRAMES; frame++) {
		scrollBy({ top: step, behavior: 'instant' });
		const now = await nextFrame();
		times.push(now - before);
		before = now;
	}
	return times;
}

export async function measure(): Promise<Record<string, number>> {
	document.documentElement.lang = 'ar';
	document.documentElement.dir = 'rtl';
	document.head.append(Object.assign(document.createElement('style'), { textContent: base + tokens }));
	const open = await opened();
	await new Promise((resolve) => setTimeout(resolve, 1_000));
	const down = await scrolled(FLING);
	const most = drawn();
	const up = await scrolled(-FLING);
	const frames = [...down, ...up];
	const slow = frames.filter((time) => time > 50).length;
	const sorted = frames.toSorted((a, b) => a - b);
	return {
		open,
		worst: sorted.at(-1) ?? 0,
		usual: sorted[sorted.length >> 1] ?? 0,
		slow,
		frames: frames.length,
		posts: Math.max(most, drawn()),
		elements: document.querySelectorAll('*').length,
	};
}

Object.assign(globalThis, { measure });
