import { withoutOverrides } from '@multaqa/shared/text/direction';
import { MOST_TAGS, TAG_LIMIT } from '@multaqa/shared/threads/events';

const SEPARATOR = /[,،;؛\n]/;

/** Tags as they are typed, between commas of either script; each once. */
export function typedTags(text: string): readonly string[] {
	const typed = withoutOverrides(text)
		.split(SEPARATOR)
		.map((tag) => tag.replace(/^\s*#/, '').trim());
	return [...new Set(typed)].filter((tag) => tag !== '');
}

/** Few enough, and each short enough. */
export const areTags = (tags: readonly string[]): boolean => tags.length <= MOST_TAGS && tags.every((tag) => tag.length <= TAG_LIMIT);
