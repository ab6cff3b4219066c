import type { DraftText } from '../writing/draft.svelte.ts';
import type { HeldThread } from './held.ts';

/** The fields in which a thread is written. */
export interface NewThreadDrafts {
	readonly title: DraftText;
	readonly tags: DraftText;
	readonly body: DraftText;
}

/**
 * A thread that was taken back stands in its fields again. Where another one was begun meanwhile, that one keeps its
 * title, and what comes back brings its own along with its words.
 */
export async function intoFields(
	{ title, tags, body }: NewThreadDrafts,
	thread: HeldThread,
	inField: (text: string) => string,
): Promise<void> {
	const isBegun = [title, body].some(({ text }) => text.trim() !== '') && title.text !== thread.title;
	const words = inField(thread.content.text);
	if (isBegun) return body.takeBack({ text: `# ${thread.title}\n\n${words}`, reply: '' });
	title.text = thread.title;
	tags.text = thread.tags.join('، ');
	await Promise.all([title.save(), tags.save(), body.takeBack({ text: words, reply: '' })]);
}
