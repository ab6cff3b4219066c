import type { AccountId, DeviceId, Hash } from '../../bytes/ids.ts';
import { rankOf } from '../../chain/roles.ts';
import type { VerifiedEvent } from '../../client/types.ts';
import type { Voice } from '../../log/event.ts';
import type { Language } from '../pair.ts';
import type { ContentOf } from './events.ts';
import type { Said } from './read.ts';

/** Something that was said beside the text. */
export interface Remark {
	readonly id: Hash;
	readonly author: AccountId;
	readonly device: DeviceId;
	readonly voice: Voice;
	readonly time: number;
	readonly waiting: boolean;
	/** Empty once it was taken back. */
	readonly text: string;
	readonly deleted: boolean;
}

/** A comment with what was answered. It stays, also when it is resolved («محلولة») or its paragraph is gone. */
export interface Comment extends Remark {
	/** `null`: the whole text. */
	readonly pair: string | null;
	readonly language: Language | null;
	readonly quote: string | null;
	readonly replies: readonly Remark[];
	/** Who resolved it, and when. */
	readonly resolved: { readonly by: AccountId; readonly time: number } | null;
}

type Change<Of> = { -readonly [Key in keyof Of]: Of[Key] };
interface WorkingComment extends Omit<Change<Comment>, 'replies'> {
	readonly replies: Change<Remark>[];
}

/** Comments of a document, in the order in which they came. */
export class DocumentComments {
	readonly #comments = new Map<Hash, WorkingComment>();
	readonly #remarks = new Map<Hash, Change<Remark>>();
	#list: readonly Comment[] | null = null;

	get list(): readonly Comment[] {
		this.#list ??= [...this.#comments.values()].map((comment) => ({ ...comment, replies: comment.replies.map((reply) => ({ ...reply })) }));
		return this.#list;
	}

	/** @returns whether it counts */
	take(event: VerifiedEvent, said: Said): boolean {
		this.#list = null;
		switch (said.type) {
			case 'document.comment':
				return this.#add(event, said.content);
			case 'document.comment.reply':
				return this.#reply(event, said.content);
			case 'document.comment.resolve':
				return this.#resolve(event, said.content);
			case 'document.comment.delete':
				return this.#delete(event, said.content);
			default:
				return false;
		}
	}

	/** An own remark is on the server. */
	acknowledge({ id, waiting }: VerifiedEvent): void {
		const remark = this.#remarks.get(id);
		if (!remark || remark.waiting === waiting) return;
		remark.waiting = waiting;
		this.#list = null;
	}

	#add(event: VerifiedEvent, { pair, language, quote, text }: ContentOf<'document.comment'>): boolean {
		const comment: WorkingComment = { ...remarkOf(event, text), pair, language, quote, replies: [], resolved: null };
		this.#comments.set(event.id, comment);
		this.#remarks.set(event.id, comment);
		return true;
	}

	#reply(event: VerifiedEvent, { comment, text }: ContentOf<'document.comment.reply'>): boolean {
		const of = this.#comments.get(comment);
		if (!of) return false;
		const reply = remarkOf(event, text);
		of.replies.push(reply);
		this.#remarks.set(event.id, reply);
		return true;
	}

	#resolve({ author, time }: VerifiedEvent, { comment, on }: ContentOf<'document.comment.resolve'>): boolean {
		const of = this.#comments.get(comment);
		if (!of) return false;
		of.resolved = on ? { by: author, time } : null;
		return true;
	}

	/** By whoever said it, or a facilitator. */
	#delete({ author, role }: VerifiedEvent, { said }: ContentOf<'document.comment.delete'>): boolean {
		const remark = this.#remarks.get(said);
		if (!remark || (remark.author !== author && rankOf(role) < rankOf('facilitator'))) return false;
		Object.assign(remark, { text: '', deleted: true });
		return true;
	}
}

const remarkOf = ({ id, author, device, voice, time, waiting }: VerifiedEvent, text: string): Change<Remark> => ({
	id,
	author,
	device,
	voice,
	time,
	waiting,
	text,
	deleted: false,
});
