import type { AccountId, DeviceId, Hash, StreamId } from '@multaqa/shared/bytes/ids';
import type { VerifiedEvent } from '@multaqa/shared/client/types';
import { DocumentLog } from '@multaqa/shared/documents/live/document-log';
import { packed } from '@multaqa/shared/documents/live/packed';
import { CHANGES_PER_SNAPSHOT, snapshotOf } from '@multaqa/shared/documents/live/snapshots';
import { liveText } from '@multaqa/shared/documents/live/text';
import { TextWriter } from '@multaqa/shared/documents/live/writer';

const CHANGES = 5_000;
/** Twenty pages: ten paragraphs each, about forty words in each language. */
const PARAGRAPHS = 200;
const AT_ONCE = 100;
const ARABIC = 'نطالب بكشف مصير المفقودين وإنصاف عائلاتهم في كل مكان. '.repeat(4);
const ENGLISH = 'We ask that the fate of the missing be known and their families heard. '.repeat(3);
const stream = 'T'.repeat(22) as StreamId;
const named = <Id extends string>(name: string) => name.padEnd(43, 'A') as Id;

/** Two people type in turns all over a long text. */
class Session {
	readonly events: VerifiedEvent[] = [];
	readonly #writers = ['one', 'two'].map((name, place) => {
		let count = 0;
		return new TextWriter({ device: named<DeviceId>(name), nonce: new Uint8Array(8).fill(place) }, () => `${name}-${count++}`);
	});

	begin(): readonly string[] {
		const pair = { kind: 'paragraph', level: 1, ar: ARABIC, en: ENGLISH, translation: null } as const;
		const ids =
			this.#writers[0]?.editing.add(
				Array.from({ length: PARAGRAPHS }, () => pair),
				null,
			) ?? [];
		this.#send(0);
		return ids;
	}

	type(turn: number, id: string): void {
		const by = turn % 2;
		const writer = this.#writers[by];
		const language = turn % 3 === 0 ? 'en' : 'ar';
		const text = language === 'ar' ? ARABIC : ENGLISH;
		const at = (turn * 13) % text.length;
		writer?.editing.write(id, language, `${text.slice(0, at)} ${turn}${text.slice(at)}`);
		this.#send(by);
		if (turn % CHANGES_PER_SNAPSHOT === 0) this.#snapshot(by);
	}

	#send(by: number): void {
		const writer = this.#writers[by];
		const update = writer?.unsent();
		if (!writer || !update) return;
		this.#say(by, 'document.update', { version: null, session: writer.session.nonce, update: packed(update), online: true });
		this.#writers[1 - by]?.receive(update);
	}

	#snapshot(by: number): void {
		const writer = this.#writers[by];
		const state = writer ? snapshotOf(writer.doc) : null;
		const last = this.events.at(-1);
		if (state && last) this.#say(by, 'document.snapshot', { version: null, heads: [last.id], state, before: null });
	}

	#say(by: number, type: string, content: VerifiedEvent['content']): void {
		const place = this.events.length;
		const before = this.events.at(-1);
		const chained = { role: 'member', directory: 0, generation: 1, voice: 'person', waiting: false, verified: true } as const;
		const device = named<DeviceId>(by === 0 ? 'one' : 'two');
		const who = { author: device as string as AccountId, device, parents: before ? [before.id] : [] };
		this.events.push({
			...chained,
			...who,
			id: named<Hash>(`e${place}x`),
			stream,
			type,
			content,
			time: 1_800_000_000 + place,
			position: place,
		});
	}
}

/** From events that were checked already (`open-thread.page.ts` has what that takes) to a text on the screen. */
function measure() {
	const session = new Session();
	const ids = session.begin();
	for (let turn = 1; turn <= CHANGES; turn++) session.type(turn, ids[(turn * 7) % ids.length] ?? '');
	const begun = performance.now();
	const quick = new DocumentLog('snapshot');
	quick.take(session.events);
	const text = liveText(quick.textOf(null)!.doc);
	const shown = performance.now() - begun;
	const log = new DocumentLog();
	let slice = 0;
	for (let done = false; !done;) {
		const at = performance.now();
		done = log.take(session.events, AT_ONCE);
		slice = Math.max(slice, performance.now() - at);
	}
	const checked = performance.now() - begun;
	if (JSON.stringify(liveText(log.textOf(null)!.doc)) !== JSON.stringify(text)) throw new Error('the snapshot is not the text');
	return { shown, checked, slice };
}

Object.assign(globalThis, { measure });
