import type { VerifiedEvent } from '../../client/types.ts';
import { once, readContent, type SaidOf } from '../../log/content.ts';
import { documentEvents } from './events.ts';

/** What an event about a document says. */
export type Said = SaidOf<typeof documentEvents>;

const read = once(({ type, content }: VerifiedEvent): Said | null => readContent(documentEvents, type, content));

/** What an event says, if it is one of ours, well formed, and of nobody who was silenced; `null` otherwise. */
export const saidIn = (event: VerifiedEvent): Said | null => (event.moderated?.barred === 'silenced' ? null : read(event));

/** Names an event of ours that cannot be read: it is told, not shown. */
export const isOurs = ({ type }: VerifiedEvent): boolean => type.startsWith('document.');
