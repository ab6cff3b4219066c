import { Problem } from '@multaqa/shared/problem';
import { withoutOverrides } from '@multaqa/shared/text/direction';

/**
 * What is sent: without characters that turn the reading direction, and within its limit.
 * @throws Problem `text-empty`, `text-too-long`
 */
export function checked(text: string, limit: number): string {
	const clean = withoutOverrides(text).trim();
	if (clean === '') throw new Problem('text-empty');
	if (clean.length > limit) throw new Problem('text-too-long', { limit, actual: clean.length });
	return clean;
}

/** The words of a post: none are needed where files say it. @throws Problem `text-empty`, `text-too-long` */
export const checkedPost = (text: string, limit: number, files: number): string =>
	files > 0 && withoutOverrides(text).trim() === '' ? '' : checked(text, limit);
