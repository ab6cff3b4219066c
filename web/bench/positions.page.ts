import type { AccountId, Hash, OrganisationId, SpaceId, StreamId } from '@multaqa/shared/bytes/ids';
import type { Client, MemberView, SpaceView, VerifiedEvent } from '@multaqa/shared/client/types';
import { indexStreamOf } from '@multaqa/shared/log/derived-streams';
import { VALUES, type StanceValue } from '@multaqa/shared/positions/events';
import { mount, type Component } from 'svelte';
import { provideClient } from '../src/lib/client/client-context.ts';
import { Display, provideDisplay } from '../src/lib/display/display.svelte.ts';
import { followingFormat, provideFormat, speak } from '../src/lib/i18n/words.ts';
import PositionList from '../src/lib/positions/matrix/PositionList.svelte';
import { Positions, providePositions } from '../src/lib/positions/positions.svelte.ts';
import Around from '../src/lib/text/testing/Around.svelte';
import base from '../src/lib/ui/style/base.css?inline';
import tokens from '../src/lib/ui/style/tokens.css?inline';

const [ISSUES, ORGANISATIONS, FRAMES] = [200, 60, 120];
/** As a quick thumb moves a page, in pixels of a frame. */
const FLING = 90;
const DAY = 24 * 60 * 60;
const NOW = Math.floor(Date.now() / 1000);
const space = 'Q'.repeat(43) as SpaceId;
const index = indexStreamOf(space);
const REASON = 'لا يضمن النص مشاركة العائلات في المتابعة';

const organisation = (place: number) => `org${place}`.padEnd(22, 'A') as OrganisationId;
const account = (place: number) => `person${place}`.padEnd(43, 'A') as AccountId;
const streamOf = (place: number) => `issue${place}`.padEnd(22, 'A') as StreamId;
let position = 0;

function event(by: number, stream: StreamId, type: string, content: object, voice: 'person' | 'organisation' = 'person'): VerifiedEvent {
	position++;
	const about = { verified: true, generation: 1, role: 'coordinator', directory: 1, parents: [], device: 'd', waiting: false } as const;
	const id = String(position).padStart(43, 'A') as Hash;
	return {
		...about,
		id,
		stream,
		type,
		author: account(by),
		voice,
		time: NOW - DAY + position,
		content,
		position,
	} as unknown as VerifiedEvent;
}

function stance(version: Hash, value: StanceValue): object {
	const isAgainst = value === 'objection' || value === 'block';
	const reservation = { type: 'wording', paragraph: 'one', text: 'تلزم مهلة للتنفيذ.', suggestion: null, from: null };
	return {
		version,
		after: null,
		value,
		reason: isAgainst ? REASON : null,
		principle: value === 'block' ? 'مشاركة الضحايا' : null,
		reservations: value === 'support-with-reservations' ? [reservation] : [],
		condition: null,
		mandate: { by: 'board', day: Math.floor(NOW / DAY) - 2 },
		visibility: 'named',
		validUntil: NOW + 300 * DAY,
		confirms: null,
		opens: null,
	};
}

const streams = new Map<StreamId, VerifiedEvent[]>([[index, []]]);
for (let issue = 0; issue < ISSUES; issue++) {
	const stream = streamOf(issue);
	streams
		.get(index)
		?.push(event(0, index, 'issue.open', { stream, title: { ar: `القضية ${issue + 1}: ضمانات العودة الطوعية`, en: '' }, question: null }));
	const text = event(0, stream, 'position.propose', {
		after: null,
		paragraphs: [{ id: 'one', ar: 'نص', en: 'text' }],
		reason: null,
		frozen: null,
		takes: [],
	});
	const answers = Array.from({ length: ORGANISATIONS }, (_, by) =>
		event(by, stream, 'stance.take', stance(text.id, VALUES[(by * 7 + issue * 3) % VALUES.length] ?? 'support'), 'organisation'),
	);
	streams.set(stream, [text, ...answers]);
}

const members = Array.from({ length: ORGANISATIONS }, (_, at) => ({
	account: account(at),
	organisation: organisation(at),
	organisationName: `منظمة رقم ${at + 1}`,
})) as unknown as MemberView[];
const places = new Map(members.map(({ account: one }, at) => [one, organisation(at)]));
const view = {
	id: space,
	index,
	role: 'coordinator',
	writable: true,
	members,
	may: { speakForOrganisation: true },
} as unknown as SpaceView;

/** An engine in which everything has been checked already: what is measured here is the page. */
const client = {
	status: { account: account(0), phase: 'open' },
	forum: null,
	watch: () => () => undefined,
	events: (_space: SpaceId, of: StreamId) => streams.get(of) ?? [],
	backlog: { missing: () => ({ count: 0 }), want: () => undefined },
	directory: {
		organisationOf: (one: AccountId) => places.get(one) ?? null,
		isRepresentative: () => true,
		isOrganisation: () => true,
		isHost: () => false,
		personOf: (one: AccountId) => one,
	},
} as unknown as Client;

const nextFrame = () => new Promise<number>((resolve) => requestAnimationFrame(resolve));

function show(): void {
	const provide = () => {
		const display = new Display(null, document.documentElement);
		provideDisplay(display);
		provideFormat(followingFormat(display));
		speak(display);
		provideClient(client);
		providePositions(new Positions(client, () => view));
	};
	mount(Around as unknown as Component<Record<string, unknown>>, {
		target: document.body,
		props: { child: PositionList, props: {}, provide },
	});
}

export async function measure(): Promise<Record<string, number>> {
	document.documentElement.lang = 'ar';
	document.documentElement.dir = 'rtl';
	document.head.append(Object.assign(document.createElement('style'), { textContent: base + tokens }));
	const start = performance.now();
	show();
	while (document.querySelectorAll('tbody td').length < ORGANISATIONS) await nextFrame();
	await nextFrame();
	const painted = performance.now() - start;
	while (document.querySelector('table')?.getAttribute('aria-rowcount') !== String(ISSUES + 1)) await nextFrame();
	const whole = performance.now() - start;
	const pane = document.querySelector('[role=region]') as HTMLElement;
	const times: number[] = [];
	let before = await nextFrame();
	for (let frame = 0; frame < FRAMES; frame++) {
		pane.scrollBy({ top: FLING, behavior: 'instant' });
		const now = await nextFrame();
		times.push(now - before);
		before = now;
	}
	const sorted = times.toSorted((a, b) => a - b);
	return {
		painted,
		whole,
		worst: sorted.at(-1) ?? 0,
		usual: sorted[sorted.length >> 1] ?? 0,
		elements: document.querySelectorAll('*').length,
	};
}

Object.assign(globalThis, { measure });
