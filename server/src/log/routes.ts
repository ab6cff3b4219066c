import { eventsAfter, eventsOf, type ToldEvent } from '@multaqa/db/events';
import { hourOf } from '@multaqa/db/hour';
import { linksOf } from '@multaqa/db/links';
import { wrapsOf } from '@multaqa/db/wraps';
import { spaces, type AnnouncedEvents } from '@multaqa/shared/api/log';
import type { Bytes } from '@multaqa/shared/bytes/bytes';
import { idBytes, type SpaceId } from '@multaqa/shared/bytes/ids';
import { mayWrite } from '@multaqa/shared/chain/roles';
import { envelopeId, readEnvelope } from '@multaqa/shared/log/envelope';
import { indexStreamOf } from '@multaqa/shared/log/derived-streams';
import { Problem } from '@multaqa/shared/problem';
import { leftAt, requireMember, spacesOf } from '../chain/standing.ts';
import { secondsOf, type Context } from '../context.ts';
import type { Mount } from '../validate.ts';

/** Bytes of events in one answer: some seconds on a bad line, so that what came is not lost with it. */
const MOST_BYTES = 512 * 1024;
/** After an absence with more than this (eight seconds on a bad line) streams are told of, and fetched as they are wanted. */
const LITTLE_BYTES = 64 * 1024;
/** Envelopes that are fetched by stream come in portions so small that what is wanted next need not wait long. */
const READ_BYTES = 64 * 1024;

/** What an event costs everybody besides its bytes: a row, indexes, an announcement, a signature to check. */
const COST_OF_ONE = 1024;

/** What is said: ordered, stored, served, never understood. */
export function logRoutes({ member }: Mount, context: Context): void {
	const { allowances, appender, db, ledger, notifier, realtime } = context;

	member(spaces.list, async ({ session }) => ({ spaces: spacesOf(ledger.world, session.account, secondsOf(context)) }));

	member(spaces.sync, async ({ params: { space }, request: { roster, after, generation, whole }, session: { account } }) => {
		const left = leftAt(ledger.world, account, space);
		// Whoever was removed is shown the removal itself: that it is true can be seen in the chain, and nothing after it.
		if (left !== null) return { links: await linksOf(db, space, roster, left), events: [], announced: [], wraps: [], more: false };
		requireMember(ledger.world, account, space, secondsOf(context));
		const links = await linksOf(db, space, roster);
		const portion = { most: MOST_BYTES, ...(whole ? { least: { bytes: LITTLE_BYTES, whole } } : {}) };
		const { events, told, more } = await eventsAfter(db, space, after, portion);
		return { links, events, announced: inGroups(told), more, wraps: await wrapsOf(db, account, space, generation) };
	});

	member(spaces.read, async ({ params: { space }, request: { gaps }, session: { account } }) => {
		requireMember(ledger.world, account, space, secondsOf(context));
		return eventsOf(db, space, gaps, READ_BYTES);
	});

	member(spaces.append, async ({ params: { space, stream }, request: { envelopes }, session: { account } }) => {
		const role = requireMember(ledger.world, account, space, secondsOf(context));
		// Who only reads may still say who they are, in the index stream; clients hold them to that.
		if (!mayWrite(role) && stream !== indexStreamOf(space)) throw new Problem('rejected-link', { rule: 'observers-read' });
		const read = envelopes.map(readOne);
		const cost = envelopes.reduce((bytes, each) => bytes + each.length + COST_OF_ONE, 0);
		allowances.account.spend(account, cost);
		allowances.space.spend(space, cost);
		const places = await appender.append({
			space,
			stream,
			hour: hourOf(context.now()),
			envelopes: read,
			generation: lastGeneration(space),
		});
		places.forEach(({ fresh, position, seq }, index) => {
			const envelope = envelopes[index];
			if (fresh && envelope) realtime.announce(realtime.inSpace(space), 'event', { space, event: { position, stream, seq, envelope } });
		});
		// Names, titles and attestations travel in the index; nobody need be woken for those.
		if (stream !== indexStreamOf(space) && places.some(({ fresh }) => fresh)) notifier.heard(space, account);
		return { acknowledgements: places.map(({ id, position, seq }) => ({ id, position, seq })) };
	});

	const lastGeneration = (space: SpaceId) => ledger.world.rosters.get(space)?.generations.at(-1)?.generation ?? 0;
}

/** By stream and generation: within one, sequence numbers have no gap. */
function inGroups(told: readonly ToldEvent[]): AnnouncedEvents[] {
	const groups = Map.groupBy(told, ({ stream, generation }) => `${stream} ${generation}`);
	return [...groups.values()].map((group) => {
		const [{ stream, generation, seq }] = group as [ToldEvent];
		return { stream, generation, seq, events: group.map(({ position, id }) => [position, idBytes(id)] as [number, Bytes]) };
	});
}

function readOne(envelope: Uint8Array) {
	const { generation } = readEnvelope(envelope);
	return { id: envelopeId(envelope), generation, envelope };
}
