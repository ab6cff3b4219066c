import type { AccountId, Hash } from '@multaqa/shared/bytes/ids';
import { markupOf } from '@multaqa/shared/text/markup';
import { occursIn, ownPlainOf } from '@multaqa/shared/text/markup-plain';
import { quoteText } from '@multaqa/shared/text/markup-short';
import type { Post, Revision, ThreadItem } from '@multaqa/shared/threads/posts';
import { createContext, type Snippet } from 'svelte';

/** The words that are quoted, as they stood in a post. */
export interface Source {
	readonly post: Post;
	readonly revision: Revision;
}

/** Own words by revision: a text that is quoted by many is read once. */
const read = new WeakMap<Revision, string>();
const SHORTEST = 8;

/** The texts of a thread, for holding quotes against them. */
export class QuoteSources {
	readonly #items: () => readonly ThreadItem[];
	readonly #byRevision = $derived.by(() => revisionsOf(this.#items()));

	constructor(items: () => readonly ThreadItem[]) {
		this.#items = items;
	}

	/** What `id` names, if `words` stand in it word for word, written by its author and not quoted there. */
	find(id: Hash, words: string): Source | null {
		const source = this.#byRevision.get(id);
		return source && isOf(source.revision, words) ? source : null;
	}

	/** The one text whose id begins so; `null` when there is none, or more than one. */
	beginning(id: string): Hash | null {
		const found = [...this.#byRevision.keys()].filter((one) => one.startsWith(id));
		return found.length === 1 ? (found[0] ?? null) : null;
	}

	/** Words of a post as they are put into the field: bound to its text as it stands now if they are really there. */
	written(post: Post, words: string, name: string): string {
		const revision = post.revisions.at(-1);
		return quoteText(words, revision && isOf(revision, words) ? { name, post: this.#short(revision.id) } : null);
	}

	/** As much of an id as tells it from the others. */
	#short(id: Hash): string {
		let length = SHORTEST;
		while (length < id.length && this.beginning(id.slice(0, length)) !== id) length++;
		return id.slice(0, length);
	}
}

function revisionsOf(items: readonly ThreadItem[]): ReadonlyMap<Hash, Source> {
	const posts = items.filter((item) => item.kind === 'post');
	return new Map(posts.flatMap((post) => post.revisions.map((revision) => [revision.id, { post, revision }])));
}

function isOf(revision: Revision, words: string): boolean {
	const own = read.get(revision) ?? ownPlainOf(markupOf(revision.text));
	read.set(revision, own);
	return occursIn(words, own);
}

/** What the quotes of a thread need to be shown. */
export interface Quotes {
	readonly sources: QuoteSources;
	/** Whose words they are. */
	readonly name: Snippet<[account: AccountId]>;
	/** Goes to a post. */
	readonly follow: (post: Hash) => void;
}

/** Made where the posts of a thread are known. */
export const [useQuotes, provideQuotes, hasQuotes] = createContext<Quotes>();
