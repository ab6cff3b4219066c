import type { StreamId } from '@multaqa/shared/bytes/ids';
import type { Act } from '@multaqa/shared/statements/events';
import { refusalOf } from '@multaqa/shared/statements/rules';
import type { Statement } from '@multaqa/shared/statements/statement-types';
import { withheldIn, type KeptSignature } from '@multaqa/shared/statements/withheld-letters';
import type { Statements } from './statements.svelte.ts';

type OwnAct = Exclude<Act, { type: 'statement.open' }>;

/** Streams at which this program is at work: the open page and what goes on by itself would both say the same. */
const busy = new Set<StreamId>();

/** Withheld signatures to a statement that came to this coordinator by letter, and hold. */
export async function keptIn(statements: Statements, stream: StreamId): Promise<readonly KeptSignature[]> {
	const statement = await statements.looked(stream);
	const { round } = statement;
	if (!round) return [];
	const { space, standing, client } = statements;
	return withheldIn(client.letters.list, { statement, round, stream, space: space.id, standing });
}

/**
 * What a coordinator's program does about a statement without being asked: vouches for the withheld signatures that it
 * holds and drops those that were taken back, ends the round in time, and opens its seed.
 * @param now seconds since 1970
 */
export async function keepUp(statements: Statements, stream: StreamId, kept: readonly KeptSignature[], now: number): Promise<void> {
	if (busy.has(stream)) return;
	busy.add(stream);
	try {
		for (const act of [...marksOf(kept), ...endOf(statements.read(stream), now)]) await sayIfAllowed(statements, stream, act);
		const seed = await seedOf(statements, stream);
		if (seed) await sayIfAllowed(statements, stream, seed);
	} finally {
		busy.delete(stream);
	}
}

/** What was taken back goes first: an organisation that signed under a new key counts once at any moment. */
function marksOf(kept: readonly KeptSignature[]): readonly OwnAct[] {
	const of = (state: KeptSignature['state'], type: 'withheld.keep' | 'withheld.drop'): readonly OwnAct[] =>
		kept.filter((one) => one.state === state).map(({ mark }) => ({ type, content: { mark } }));
	return [...of('taken-back', 'withheld.drop'), ...of('stands', 'withheld.keep')];
}

const endOf = ({ round }: Statement, now: number): readonly OwnAct[] =>
	round && now > round.closes ? [{ type: 'round.end', content: {} }] : [];

async function seedOf(statements: Statements, stream: StreamId): Promise<OwnAct | null> {
	const { round } = statements.read(stream);
	const own = round?.seeds.find(({ by }) => by === statements.self);
	if (own?.seed !== null || !round?.ended) return null;
	return { type: 'order.open', content: { seed: await statements.client.publishing.seed(stream) } };
}

async function sayIfAllowed(statements: Statements, stream: StreamId, act: OwnAct): Promise<void> {
	const held = { statement: statements.read(stream), standing: statements.standing, stream };
	if (refusalOf(act, statements.actor('person'), held) === null) await statements.say(stream, act);
}
