import { Problem } from '@multaqa/shared/problem';

/** Memory for something that arrives piece by piece: what is there is counted, not what was announced. */
export interface Room {
	/** Takes so many bytes more. @throws Problem `storage-unavailable` */
	take(bytes: number): void;
	give(bytes: number): void;
	readonly taken: number;
}

const SOON = 2;

export function createRoom(most: number): Room {
	let taken = 0;
	return {
		take(bytes) {
			if (taken + bytes > most) throw new Problem('storage-unavailable', { retryAfter: SOON });
			taken += bytes;
		},
		give: (bytes) => void (taken -= bytes),
		get taken() {
			return taken;
		},
	};
}
