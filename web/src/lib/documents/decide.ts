import type { Cbor } from '@multaqa/shared/bytes/cbor';
import type { StreamId } from '@multaqa/shared/bytes/ids';
import type { Client, SpaceView } from '@multaqa/shared/client/types';
import type { FrozenVersion } from '@multaqa/shared/documents/live/versions';
import { MOST_PARAGRAPHS, TEXT_LIMIT, TITLE_LIMIT, type ContentOf, type Paragraph } from '@multaqa/shared/positions/events';
import { issuesOf, type Issue } from '@multaqa/shared/positions/issues';
import { registerOf } from '@multaqa/shared/positions/register';
import { leads } from '@multaqa/shared/positions/standing';
import { standingOf } from '@multaqa/shared/positions/standing-of';
import { takesOf } from '@multaqa/shared/positions/wordings';
import { Problem } from '@multaqa/shared/problem';

/** Issues to which this person may put a text. */
export const issuesFor = (client: Client, { id, index, role }: SpaceView): readonly Issue[] => {
	const { account } = client.status;
	return account === null ? [] : issuesOf(client.events(id, index)).filter(({ opener }) => leads({ role, account }, opener));
};

/** A frozen text as the paragraphs of an issue. */
export const paragraphsOf = ({ text, pairs }: FrozenVersion): Paragraph[] =>
	text.pairs.map(({ ar, en }, place) => ({ id: pairs[place] ?? '', ar, en }));

/**
 * Puts a frozen text to a decision: as the next version of an issue, or of a new one under the title of the text.
 * @returns the issue's stream
 * @throws Problem `too-large`: a decision takes shorter texts; and what the engine refuses
 */
export async function putToDecision(
	client: Client,
	space: SpaceView,
	{ document, frozen, issue, reason }: { document: StreamId; frozen: FrozenVersion; issue: Issue | null; reason: string },
): Promise<StreamId> {
	const paragraphs = paragraphsOf(frozen);
	const length = paragraphs.reduce((sum, { ar, en }) => sum + ar.length + en.length, 0);
	if (paragraphs.length > MOST_PARAGRAPHS || length > TEXT_LIMIT) throw new Problem('too-large');
	const stream = issue?.stream ?? (await openIssue(client, space, frozen));
	const register = registerOf(client.events(space.id, stream), {
		standing: standingOf(client, space.id),
		opener: issue?.opener ?? client.status.account,
		withWaiting: true,
	});
	const after = register.versions.at(-1)?.id ?? null;
	const content: ContentOf<'position.propose'> = {
		after,
		paragraphs,
		reason: after === null ? null : reason,
		frozen: { stream: document, hash: frozen.hash },
		takes: takesOf(register, paragraphs),
	};
	await client.append(space.id, stream, 'position.propose', content as unknown as Cbor);
	return stream;
}

async function openIssue(client: Client, space: SpaceView, { text }: FrozenVersion): Promise<StreamId> {
	const stream = client.newStream();
	const { ar = '', en = '' } = text.pairs[0] ?? {};
	const title = { ar: ar.slice(0, TITLE_LIMIT), en: en.slice(0, TITLE_LIMIT) };
	await client.append(space.id, space.index, 'issue.open', { stream, title, question: null });
	return stream;
}
