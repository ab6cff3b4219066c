/** Where a reader was in a thread: a post, and how far below the top of the screen it stood. */
export interface Place {
	readonly post: string;
	readonly top: number;
}

/** For as long as this page lives, and nowhere else. */
const places = new Map<string, Place>();

export const placeIn = (stream: string): Place | null => places.get(stream) ?? null;

export function rememberPlace(stream: string, place: Place | null): void {
	if (place) places.set(stream, place);
	else places.delete(stream);
}
