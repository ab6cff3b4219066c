import { hourOf } from '@multaqa/db/hour';
import { insertLetter, lettersAfter } from '@multaqa/db/letters';
import { letters } from '@multaqa/shared/api/letters';
import { Problem } from '@multaqa/shared/problem';
import { isAccount } from '../chain/standing.ts';
import type { Context } from '../context.ts';
import type { Mount } from '../validate.ts';
import { Tally } from './tally.ts';

/** Letters that wait for one person: so few that nobody fills the disk. */
const MOST_IN_A_BOX = 1_000;
/**
 * For each letter of a person's own, so many others must still find room: whoever writes much has the tenth part of what
 * is left, and less the fuller a box is, so that it never ends for those who have written nothing yet.
 */
const ROOM_FOR_OTHERS = 10;
/** Letters that one person may write in an hour. */
const MOST_AN_HOUR = 60;
const HOUR = 3_600_000;
const WEEK = 7 * 24 * HOUR;
/** Bytes in one answer. */
const ROOM = 512 * 1024;

/**
 * Sealed letters. The server is told whom they are for; whom one was from is counted for a week, in memory, and written
 * nowhere. It is not told to other nodes either: each gives its share of what may be written.
 */
export function letterRoutes({ member }: Mount, { db, ledger, nodes, realtime, now }: Context): void {
	const writers = new Tally(now, HOUR);
	const pairs = new Tally(now, WEEK);

	member(letters.write, async ({ request: { to, bytes }, session: { account } }) => {
		writers.add(account);
		const shares = nodes.others + 1;
		if (writers.of(account) > MOST_AN_HOUR / shares) throw new Problem('too-many-attempts', { retryAfter: HOUR / 1000 });
		if (!isAccount(ledger.world, to)) return {};
		const pair = `${account} ${to}`;
		const most = MOST_IN_A_BOX - ROOM_FOR_OTHERS * shares * pairs.of(pair);
		// Before it lies there: many at once find no more room than one after another.
		pairs.add(pair);
		if (!(await insertLetter(db, { account: to, hour: hourOf(now()), bytes }, most))) {
			pairs.add(pair, -1);
			throw new Problem('box-full');
		}
		realtime.announce(realtime.ofAccount(to), 'letter', {});
		return {};
	});

	member(letters.read, ({ request: { after }, session: { account } }) => lettersAfter(db, account, after, ROOM));
}
