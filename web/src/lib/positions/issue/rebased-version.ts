import type { Paragraph } from '@multaqa/shared/positions/events';
import type { Text } from '@multaqa/shared/positions/paragraphs';

/**
 * A text that somebody is writing, put upon a newer version than the one it began with: what they wrote stays, and what they left as it was
 * is as the newer version has it.
 * @param begun the version it began with
 */
export function rebasedText(written: readonly Paragraph[], begun: Text, newest: Text): readonly Paragraph[] {
	const [before, now] = [byId(begun.paragraphs), byId(newest.paragraphs)];
	const kept = written.flatMap((paragraph) => {
		const was = before.get(paragraph.id);
		const isOwn = !was || was.ar !== paragraph.ar || was.en !== paragraph.en;
		return isOwn ? [paragraph] : (now.get(paragraph.id) ?? []);
	});
	return newest.paragraphs.reduce<readonly Paragraph[]>(
		(text, paragraph, place) =>
			before.has(paragraph.id) || byId(text).has(paragraph.id) ? text : putAfter(text, paragraph, newest.paragraphs[place - 1]),
		kept,
	);
}

const byId = (paragraphs: readonly Paragraph[]): ReadonlyMap<string, Paragraph> => new Map(paragraphs.map((one) => [one.id, one]));

/** What is new stands behind what stands before it there; at the end when that is gone. */
function putAfter(text: readonly Paragraph[], paragraph: Paragraph, previous: Paragraph | undefined): readonly Paragraph[] {
	if (!previous) return [paragraph, ...text];
	const place = text.findIndex(({ id }) => id === previous.id);
	return text.toSpliced(place === -1 ? text.length : place + 1, 0, paragraph);
}
