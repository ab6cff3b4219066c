import * as v from 'valibot';
import type { VerifiedEvent } from '../client/types.ts';
import { threadEvents, type ContentOf, type ThreadEventType } from './events.ts';

type Said = { [Type in ThreadEventType]: { readonly type: Type; readonly content: ContentOf<Type> } }[ThreadEventType];

/** Events never change, and a list of ten thousand is read again with each new one. */
const known = new WeakMap<VerifiedEvent, Said | null>();

/** What an event says, if it is one of ours, well formed, and of nobody who was silenced; `null` otherwise. */
export function saidIn(event: VerifiedEvent): Said | null {
	if (event.moderated?.barred === 'silenced') return null;
	const before = known.get(event);
	if (before !== undefined) return before;
	const said = read(event);
	known.set(event, said);
	return said;
}

function read({ type, content }: VerifiedEvent): Said | null {
	if (!Object.hasOwn(threadEvents, type)) return null;
	const parsed = v.safeParse(threadEvents[type as ThreadEventType], content);
	return parsed.success ? ({ type, content: parsed.output } as Said) : null;
}
