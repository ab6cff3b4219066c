import type { AccountId, Hash, OrganisationId } from '../bytes/ids.ts';

/** Whom a mention means. A role is named as in `chain/roles.ts`; whoever shows it decides whether there is such a one. */
export type MentionTarget =
	| { readonly kind: 'account'; readonly id: AccountId }
	| { readonly kind: 'organisation'; readonly id: OrganisationId }
	| { readonly kind: 'role'; readonly id: string };

/** A stretch of one line. Texts are raw: marks of direction are still in them. */
export type Inline =
	| { readonly kind: 'text'; readonly text: string }
	| { readonly kind: 'code'; readonly text: string }
	| { readonly kind: 'strong'; readonly content: readonly Inline[] }
	| { readonly kind: 'emphasis'; readonly content: readonly Inline[] }
	/** `address` as it will be opened; `label` is `null` where the address stands for itself. */
	| { readonly kind: 'link'; readonly address: string; readonly label: string | null }
	/** An image elsewhere, which is never loaded. */
	| { readonly kind: 'image'; readonly address: string; readonly label: string }
	/** `name` is only what its author wrote: what is shown is the name that `target` has here. */
	| { readonly kind: 'mention'; readonly target: MentionTarget; readonly name: string };

/** What stands between two line breaks; no mark reaches over a line break. */
export type Line = readonly Inline[];

/** In which digits a list is numbered: 123, ١٢٣ or ۱۲۳. */
export type Numerals = 'latin' | 'arabic' | 'persian';

/** A list; `numerals` is `null` when it has points instead of numbers. */
export interface List {
	readonly kind: 'list';
	readonly numerals: Numerals | null;
	readonly items: readonly Item[];
}

/** `number` as it was typed: nothing is counted anew. */
export interface Item {
	readonly number: number;
	readonly lines: readonly Line[];
	/** Lists below this item; their own items have none. */
	readonly lists: readonly List[];
}

/** `source` is the post whose words these claim to be. */
export interface Quote {
	readonly kind: 'quote';
	readonly source: Hash | null;
	readonly blocks: readonly Block[];
}

/** A part of a post that stands on lines of its own. */
export type Block =
	| { readonly kind: 'paragraph'; readonly lines: readonly Line[] }
	| { readonly kind: 'heading'; readonly level: 1 | 2; readonly line: Line }
	| { readonly kind: 'code'; readonly text: string }
	| { readonly kind: 'rule' }
	/** Shown as it was typed: more of it than anybody writes. */
	| { readonly kind: 'plain'; readonly text: string }
	| List
	| Quote;
