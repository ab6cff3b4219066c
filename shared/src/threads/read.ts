import type { VerifiedEvent } from '../client/types.ts';
import { once, readContent, type SaidOf } from '../log/content.ts';
import { threadEvents } from './events.ts';

type Said = SaidOf<typeof threadEvents>;

const read = once(({ type, content }: VerifiedEvent): Said | null => readContent(threadEvents, type, content));

/** What an event says, if it is one of ours, well formed, and of nobody who was silenced; `null` otherwise. */
export const saidIn = (event: VerifiedEvent): Said | null => (event.moderated?.barred === 'silenced' ? null : read(event));
