import type { Cbor } from '@multaqa/shared/bytes/cbor';
import { randomBytes } from 'node:crypto';
import { textsOf, type Frame, type Said } from './frames.ts';

/** What one node says, in numbered frames. */
export interface Speaking {
	say(subject: string, value: Cbor): void;
	/** What waits for the end of this turn of the event loop is said now. */
	flush(): void;
	/** How far it has come. */
	beat(): void;
	/** That it has said everything. */
	bye(): void;
}

/** What goes over the line. */
export type Emit = (event: 'said' | 'beat' | 'bye', ...words: readonly unknown[]) => void;

export function createSpeaking(emit: Emit): Speaking {
	const node = randomBytes(9).toString('base64url');
	let unsaid: Said[] = [];
	let number = 0;

	function flush(): void {
		const said = unsaid;
		unsaid = [];
		if (said.length === 0) return;
		const texts = textsOf(said);
		texts.forEach((text, part) => emit('said', { node, number: ++number, part, parts: texts.length, text } satisfies Frame));
	}

	return {
		say(subject, value) {
			// What is said in one turn goes together.
			if (unsaid.length === 0) setImmediate(flush);
			unsaid.push([subject, value]);
		},
		flush,
		beat: () => emit('beat', node, number),
		bye: () => emit('bye', node, number),
	};
}
