import type { SpaceId, StreamId } from '@multaqa/shared/bytes/ids';
import type { Client, SpaceView, StreamEvent } from '@multaqa/shared/client/types';
import { PerSpace } from '../client/per-space.svelte.ts';
import { keepUp, keptIn } from './keeping-up.ts';
import { Statements } from './statements.svelte.ts';

/** Programs of several people would do it at once: who is first saves the others the work. */
const SPREAD_MS = 4_000;
const LOOK_MS = 30_000;

/** What was read when there was nothing left to do. `until`: seconds since 1970, when there is again. */
interface Done {
	readonly events: readonly StreamEvent[];
	readonly letters: Client['letters']['list'];
	readonly until: number;
}

/**
 * What a coordinator's program does about statements by itself, wherever in the forum its person is: a withheld
 * signature that somebody takes back must not wait until a coordinator happens to open that statement.
 */
export function actByItself(client: Client): () => void {
	const statements = new PerSpace(
		() => client.spaces.filter(coordinated),
		(space) => new Statements(client, space),
	);
	const done = new Map<StreamId, Done>();
	let timer: ReturnType<typeof setTimeout> | null = null;
	const look = () => {
		timer ??= setTimeout(() => {
			timer = null;
			if (client.status.phase === 'open') for (const { it } of statements.all) void inSpace(it, done).catch(left);
		}, Math.random() * SPREAD_MS);
	};
	const watched = new Map<SpaceId, () => void>();
	const lookAll = () => {
		for (const { id } of client.spaces.filter(coordinated)) if (!watched.has(id)) watched.set(id, client.watch(`space:${id}`, look));
		look();
	};
	const stops = [client.watch('spaces', lookAll), client.watch('letters', look)];
	const interval = setInterval(look, LOOK_MS);
	lookAll();
	return () => {
		clearInterval(interval);
		if (timer) clearTimeout(timer);
		for (const stop of [...stops, ...watched.values()]) stop();
	};
}

const coordinated = ({ role, writable }: SpaceView): boolean => role === 'coordinator' && writable;

async function inSpace(statements: Statements, done: Map<StreamId, Done>): Promise<void> {
	const { client, space } = statements;
	for (const { stream } of statements.list) {
		const [events, letters, now] = [client.events(space.id, stream), client.letters.list, Math.floor(Date.now() / 1000)];
		const last = done.get(stream);
		const isSame = last?.events === events && last.letters === letters && now <= last.until;
		if (isSame || statements.missing(stream) > 0) continue;
		await keepUp(statements, stream, await keptIn(statements, stream), now);
		const { round } = statements.read(stream);
		done.set(stream, { events, letters, until: round && !round.ended ? round.closes : Infinity });
	}
}

/** No line, or somebody else was faster: the next look decides. */
function left(): void {}
