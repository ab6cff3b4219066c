import type { AccountId, Hash } from '@multaqa/shared/bytes/ids';
import type { MemberView } from '@multaqa/shared/client/types';
import type { Post } from '@multaqa/shared/threads/posts';
import type { Thread } from '@multaqa/shared/threads/threads';
import { createContext, type Snippet } from 'svelte';
import type { Order, Posts } from '../../posts/posts.svelte.ts';

/** What the parts of an open thread share. */
export interface ThreadPage {
	readonly posts: Posts;
	readonly thread: Thread;
	readonly self: AccountId | null;
	/** May do what facilitators do. */
	readonly leads: boolean;
	/** May post here now. */
	readonly writable: boolean;
	/** May say something about posts: also in a closed thread. */
	readonly speaks: boolean;
	readonly members: readonly MemberView[];
	/** Seconds since 1970, moving on. */
	readonly now: number;
	/** Where a post is found, without a name in it. */
	addressOf(post: Hash): string;
	/** For what is only read out or copied. */
	nameOf(account: AccountId): string;
	organisationOf(account: AccountId): string | null;
	readonly author: Snippet<[post: Post]>;
	/** A name in the middle of other words. */
	readonly name: Snippet<[account: AccountId]>;
	/** In which order the posts stand. */
	readonly order: Order;
	/** Orders them the other way, around this post. */
	turn(post: Post): void;
	reply(post: Post): void;
	/** Goes to a post. */
	follow(post: Hash): void;
	/** The post whose text is being changed. */
	readonly editing: string | null;
	edit(post: Post): void;
	/** Ends the change; `kept`: the words that came too late, for the draft. */
	endEdit(kept?: string): void;
	/** Says briefly what was done. */
	tell(text: string): void;
}

/** Made where a thread is open. */
export const [useThreadPage, provideThreadPage] = createContext<ThreadPage>();
