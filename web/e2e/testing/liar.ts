import { decodeCbor, encodeCbor, type Cbor } from '@multaqa/shared/bytes/cbor';
import type { Route } from '@multaqa/shared/api/route';
import type { AnswerOf } from '@multaqa/shared/api/route';

const LIMITS = { bytes: 16 * 2 ** 20, items: 500_000, depth: 16 };

/** A server that lies: the real one, with its answers changed on the way. */
export interface Liar {
	readonly send: typeof fetch;
	/** From now on answers of this route pass through `lie`. The last lie about a route counts. */
	about<R extends Route>(route: R, lie: (answer: AnswerOf<R>) => unknown): void;
	/** Tells the truth again. */
	repent(): void;
}

export function createLiar(): Liar {
	const lies = new Map<string, (answer: never) => unknown>();
	const nameOf = (method: string, path: string) => `${method} ${path}`;
	const matches = (name: string, method: string, path: string) => {
		const [wanted = '', pattern = ''] = name.split(' ');
		return wanted === method && new RegExp(`^${pattern.replaceAll(/:[a-z]+/g, '[^/]+')}$`).test(path);
	};
	return {
		about: (route, lie) => void lies.set(nameOf(route.method, route.path), lie as (answer: never) => unknown),
		repent: () => lies.clear(),
		send: async (input, init) => {
			const response = await fetch(input, init);
			const path = new URL(String(input)).pathname;
			const lie = [...lies].find(([name]) => matches(name, init?.method ?? 'GET', path))?.[1];
			if (!lie || !response.ok) return response;
			const answer = lie(decodeCbor(new Uint8Array(await response.arrayBuffer()), LIMITS) as never);
			return new Response(encodeCbor(answer as Cbor), { status: response.status, headers: response.headers });
		},
	};
}

/** The same bytes with one bit of one byte turned. */
export function flipped(bytes: Uint8Array, place = bytes.length >> 1): Uint8Array {
	const copy = new Uint8Array(bytes);
	copy[place] = (copy[place] ?? 0) ^ 1;
	return copy;
}
