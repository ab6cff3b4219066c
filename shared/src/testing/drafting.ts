import type { Cbor } from '../bytes/cbor.ts';
import type { AccountId, DeviceId, Hash } from '../bytes/ids.ts';
import type { Role } from '../chain/roles.ts';
import type { StreamEvent, VerifiedEvent } from '../client/types.ts';
import { DocumentLog } from '../documents/live/document-log.ts';
import type { ContentOf, DocumentEventType } from '../documents/live/events.ts';
import { packed } from '../documents/live/packed.ts';
import { clientOf } from '../documents/live/session.ts';
import { liveText, type LiveText } from '../documents/live/text.ts';
import type { VersionName } from '../documents/live/versions.ts';
import { TextWriter } from '../documents/live/writer.ts';
import { id, streamId } from './said.ts';

/** 1 October 2026: seconds since 1970. */
const BEGINNING = 1_790_812_800;

/** The stream of one document, and who writes in it: what the engine would make of it, without keys and lines. */
export class Desk {
	/** In the server's order. */
	readonly stream: VerifiedEvent[] = [];
	now = BEGINNING;
	#count = 0;

	nextId(): Hash {
		return id(`event${this.#count++}x`) as Hash;
	}

	sit(name: string, role: Role = 'member'): Typist {
		return new Typist(this, name, role);
	}

	/** As a new reader has it. */
	read(): DocumentLog {
		const log = new DocumentLog();
		log.take(this.stream);
		return log;
	}

	/** The text of the last version as a new reader has it. */
	text(): LiveText {
		const log = this.read();
		const text = log.textOf(log.chain.last);
		if (!text) throw new Error('nothing is written');
		return liveText(text.doc);
	}
}

/** A member's device with the document open. */
export class Typist {
	readonly log = new DocumentLog();
	online = true;
	readonly account: AccountId;
	readonly device: DeviceId;
	readonly role: Role;
	readonly #desk: Desk;
	#writer: TextWriter | null = null;
	#version: VersionName = null;
	#seen: readonly VerifiedEvent[] = [];
	#own: VerifiedEvent[] = [];
	#ids = 0;
	#sessions = 0;

	constructor(desk: Desk, name: string, role: Role) {
		this.#desk = desk;
		this.account = id(name) as AccountId;
		this.device = id(`${name}-device`) as DeviceId;
		this.role = role;
	}

	/** What the engine would show this device. */
	get stream(): readonly StreamEvent[] {
		return [...this.#seen, ...this.#own];
	}

	get writer(): TextWriter {
		this.look();
		const { last } = this.log.chain;
		if (!this.#writer || this.#version !== last) this.#writer = this.#open(last);
		this.#version = last;
		return this.#writer;
	}

	get text(): LiveText {
		return liveText(this.writer.doc);
	}

	/** Does something to the text, and says so. */
	does(work: (writer: TextWriter) => void, more: Partial<ContentOf<'document.update'>> = {}): VerifiedEvent | null {
		const { writer } = this;
		work(writer);
		const update = writer.unsent();
		if (!update && !more.settles) return null;
		return this.says('document.update', {
			version: this.#version,
			session: writer.session.nonce,
			update: packed(update ?? new Uint8Array([0, 0])),
			online: this.online,
			...more,
		});
	}

	/** Signs whatever it is, and sends it while there is a line. */
	says<Type extends DocumentEventType>(type: Type, content: ContentOf<Type> | Cbor): VerifiedEvent {
		if (this.online) this.look();
		const known = new Set(this.stream.flatMap((event) => (event.verified ? event.parents : [])));
		const heads = this.stream.flatMap((event) => (event.verified && !known.has(event.id) ? [event.id] : []));
		const event = {
			verified: true,
			id: this.#desk.nextId(),
			stream: streamId('s'),
			generation: 1,
			type,
			voice: 'person',
			directory: 0,
			author: this.account,
			role: this.role,
			device: this.device,
			time: this.#desk.now,
			content,
			parents: heads,
			waiting: true,
			position: Infinity,
		} as unknown as VerifiedEvent;
		this.#own.push(event);
		if (this.online) this.send();
		else this.log.take(this.stream);
		return event;
	}

	/** The line is back. */
	send(): void {
		this.online = true;
		for (const event of this.#own.splice(0)) this.#desk.stream.push({ ...event, waiting: false, position: this.#desk.stream.length });
		this.look();
	}

	look(): void {
		if (this.online && this.#own.length === 0) this.#seen = [...this.#desk.stream];
		this.log.take(this.stream);
		const changes = this.log.textOf(this.#version)?.changes ?? [];
		if (this.#writer) for (const { update } of changes) this.#writer.receive(update);
	}

	#open(version: VersionName): TextWriter {
		const nonce = new Uint8Array(8).fill(++this.#sessions);
		const writer = new TextWriter({ device: this.device, nonce }, () => `${this.account.slice(0, 5)}-${this.#ids++}`);
		for (const { update } of this.log.textOf(version)?.changes ?? []) writer.receive(update);
		return writer;
	}

	/** Number of the session that is open. */
	get client(): number {
		return clientOf(this.writer.session);
	}
}
