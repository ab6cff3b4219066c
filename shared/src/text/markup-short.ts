import type { Hash } from '../bytes/ids.ts';
import { paragraphsOf, withoutOverrides } from './direction.ts';
import { markupOf } from './markup.ts';
import { plainOf } from './markup-plain.ts';
import type { MentionTarget } from './markup-tree.ts';

/** What short forms stand for, as far as the writer's device knows; `null` when nothing or more than one thing has that name. */
export interface Meant {
	mention(name: string): MentionTarget | null;
	post(beginning: string): Hash | null;
}

const label = (text: string): string => text.replaceAll(/[[\]\r\n]/g, '').trim();
const idOfTarget = ({ kind, id }: MentionTarget): string => `${kind}:${id}`;

/** A mention as it is signed: `@[ليلى](account:…)`. */
export const mentionText = (name: string, target: MentionTarget): string => `@[${label(name)}](${idOfTarget(target)})`;
/** A mention as it stands in the field, where an id of 43 characters would be in the way: `@[ليلى]`. */
export const shortMention = (name: string): string => `@[${label(name)}]`;
/** The name between the brackets of a mention. */
export const mentionName = label;

/** Code, where nothing is replaced; a short mention; the head of a quote with the beginning of an id. */
const SHORT =
	/```[^]*?(?:```|(?![^]))|``[^\n]*?``|`[^`\n]*`|(?<!\\)@\[(?<name>[^[\]\n]{1,200})\](?!\()|^(?<head>(?:> ?)+\[[^[\]\n]{0,200}\]\(post:)(?<beginning>[\w-]{8,42})(?=\)[ \t]*$)/gm;

/** The text as it is signed: every short form spelled out, what nobody here is called left as it was typed. */
export function spelled(text: string, meant: Meant): string {
	return text.replaceAll(SHORT, (typed: string, ...rest: readonly unknown[]) => {
		const { name, head, beginning } = rest.at(-1) as Partial<Record<string, string>>;
		const target = name === undefined ? null : meant.mention(name);
		if (name !== undefined && target) return mentionText(name, target);
		const post = beginning === undefined ? null : meant.post(beginning);
		return post === null ? typed : `${head}${post}`;
	});
}

const UNTOUCHED_OR_MARK = /https?:\/\/\S+|[\\`*_[\]()>#]|^[-+•]|(?<=^\p{Nd}{1,3})[.)-]/gu;

/** Words that are read as they stand: only a line that would be read as something else is changed. */
export function protectedLine(line: string): string {
	if (plainOf(markupOf(line)) === line) return line;
	return line.replaceAll(UNTOUCHED_OR_MARK, (found) => (found.length > 1 ? found : `\\${found}`));
}

/** A quote as it is written: `> [ليلى](post:…)` and the words below, protected from being read as marks. */
export function quoteText(words: string, source: { readonly name: string; readonly post: string } | null): string {
	const lines = paragraphsOf(withoutOverrides(words).trim()).map((line) => `> ${protectedLine(line.trim())}`.trimEnd());
	return [...(source ? [`> [${label(source.name)}](post:${source.post})`] : []), ...lines].join('\n');
}
