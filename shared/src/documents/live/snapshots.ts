import * as Y from 'yjs';
import type { Hash } from '../../bytes/ids.ts';
import type { StreamEvent, VerifiedEvent } from '../../client/types.ts';
import { MOST_SENT } from './events.ts';
import { packed, unpacked } from './packed.ts';
import { saidIn } from './read.ts';
import { placedPairs } from './text.ts';
import { docOfState, VersionText } from './version-text.ts';

/** After so many changes whoever writes next leaves a snapshot. */
export const CHANGES_PER_SNAPSHOT = 200;

/** Everything of a text, as it is sent; `null`: an event has no room for it, and whoever comes later reads the changes. */
export function snapshotOf(doc: Y.Doc): Uint8Array<ArrayBuffer> | null {
	const state = packed(Y.encodeStateAsUpdate(doc));
	return state.length <= MOST_SENT ? state : null;
}

/** Whether a snapshot holds this text, its deletions among it, and nothing else. */
export function isSnapshotOf(state: Uint8Array, doc: Y.Doc): boolean {
	try {
		const claimed = docOfState(unpacked(state));
		if (!Y.equalSnapshots(Y.snapshot(claimed), Y.snapshot(doc))) return false;
		return JSON.stringify(placedPairs(claimed)) === JSON.stringify(placedPairs(doc));
	} catch {
		return false;
	}
}

/** Snapshots that somebody could begin with: of the last version the newest first, or from the first that there is. */
export function snapshotsIn(stream: readonly StreamEvent[], which: 'newest' | 'first'): readonly VerifiedEvent[] {
	const isSnapshot = (event: StreamEvent): event is VerifiedEvent => event.verified && event.type === 'document.snapshot';
	if (which === 'first') return stream.filter(isSnapshot);
	// What stands before a new version tells nothing of it.
	const reopened = stream.findLastIndex((event) => event.verified && event.type === 'document.reopen');
	return stream
		.slice(reopened + 1)
		.filter(isSnapshot)
		.toReversed();
}

/** The newest, which others begin with now. */
export function newestSnapshot(stream: readonly StreamEvent[]): Hash | null {
	for (let place = stream.length - 1; place >= 0; place--) {
		const event = stream[place];
		if (event?.verified && event.type === 'document.reopen') return null;
		if (event?.verified && event.type === 'document.snapshot') return event.id;
	}
	return null;
}

/** The text that a snapshot begins with; `null`: it cannot be read. */
export function textIn(event: VerifiedEvent): VersionText | null {
	const said = saidIn(event);
	if (said?.type !== 'document.snapshot') return null;
	try {
		return new VersionText(unpacked(said.content.state));
	} catch {
		return null;
	}
}
