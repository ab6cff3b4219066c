import type { Hash, StreamId } from '@multaqa/shared/bytes/ids';
import type { Client, SpaceView } from '@multaqa/shared/client/types';
import { documentsOf } from '@multaqa/shared/documents/live/index';
import { saidIn } from '@multaqa/shared/documents/live/read';
import { frozenIn } from '@multaqa/shared/documents/live/versions';
import { readAct, type Paragraph } from '@multaqa/shared/positions/events';

/** A frozen text of the space that could be put forward. */
export interface FrozenChoice {
	readonly stream: StreamId;
	readonly hash: Hash;
	readonly title: string;
	readonly number: number;
	readonly paragraphs: readonly Paragraph[];
}

/** Texts that were frozen in a space, the newest first; those too long for an issue are left out. */
export const frozenTexts = (client: Client, { id, index }: Pick<SpaceView, 'id' | 'index'>): readonly FrozenChoice[] =>
	documentsOf(client.events(id, index)).flatMap(({ stream, title }) =>
		client
			.events(id, stream)
			.flatMap((event) => {
				const said = event.verified && event.position !== Infinity ? saidIn(event) : null;
				const frozen = event.verified && said?.type === 'document.freeze' ? frozenIn(event, said.content, null) : null;
				if (!frozen) return [];
				const paragraphs = frozen.text.pairs.map(({ ar, en }, place) => ({ id: frozen.pairs[place] ?? '', ar, en }));
				const choice = { stream, hash: frozen.hash, title, number: frozen.number, paragraphs };
				return mayPropose(choice) ? [choice] : [];
			})
			.toReversed(),
	);

const mayPropose = ({ stream, hash, paragraphs }: FrozenChoice): boolean =>
	readAct('position.propose', { after: null, paragraphs, reason: null, frozen: { stream, hash }, takes: [] }) !== null;
