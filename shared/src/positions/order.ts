import type { StreamEvent } from '../client/types.ts';

/**
 * Events in the server's order, each once, in whatever order and how often they are handed over. Those that wait stay behind, in the order
 * in which they were written.
 */
export function inOrder(stream: readonly StreamEvent[]): readonly StreamEvent[] {
	const once = new Map<string, StreamEvent>();
	for (const event of stream) {
		const before = once.get(event.id);
		if (!before || event.position < before.position) once.set(event.id, event);
	}
	return [...once.values()].toSorted((a, b) => (a.position === b.position ? 0 : a.position - b.position));
}
