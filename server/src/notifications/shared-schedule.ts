import type { AccountId, SpaceId } from '@multaqa/shared/bytes/ids';
import type { Nodes } from '../nodes/nodes.ts';
import type { Schedule } from './schedule.ts';

/** A schedule that every node keeps, so that whichever leads knows who wrote and who came. */
export interface SharedSchedule extends Schedule {
	/** Tells the others what they have not been told yet. By itself every few seconds. */
	tell(): void;
}

/** Each with how long ago it was: clocks of machines differ. */
type News = {
	readonly wrote: readonly (readonly [SpaceId, AccountId, number])[];
	readonly came: readonly (readonly [AccountId, number])[];
};

/** Notices come after minutes: who wrote and who came is told together, once for each, and not with every request. */
const TELL = 5_000;

export function sharedSchedule(schedule: Schedule, nodes: Nodes, now: () => number): SharedSchedule {
	if (!nodes.several) return { ...schedule, tell: () => undefined };
	const wrote = new Map<string, readonly [SpaceId, AccountId, number]>();
	const came = new Map<AccountId, number>();
	const tellNews = nodes.subject('news', (news: News) => {
		for (const [space, by, ago] of news.wrote) schedule.heard(space, by, now() - ago);
		for (const [account, ago] of news.came) schedule.seen(account, now() - ago);
	});
	const tellSent = nodes.subject('sent', (key: string) => schedule.sent(key));
	const tell = () => {
		const ago = (at: number) => Math.max(0, now() - at);
		if (wrote.size + came.size > 0)
			tellNews({
				wrote: [...wrote.values()].map(([space, by, at]) => [space, by, ago(at)] as const),
				came: [...came].map(([account, at]) => [account, ago(at)] as const),
			});
		wrote.clear();
		came.clear();
	};
	let telling: NodeJS.Timeout | null = null;
	const tellSoon = () =>
		(telling ??= setTimeout(() => {
			telling = null;
			tell();
		}, TELL).unref());
	return {
		...schedule,
		heard(space, by) {
			schedule.heard(space, by);
			wrote.set(`${space} ${by}`, [space, by, now()]);
			tellSoon();
		},
		seen(account) {
			schedule.seen(account);
			came.set(account, now());
			tellSoon();
		},
		sent(key) {
			schedule.sent(key);
			tellSent(key);
		},
		tell,
	};
}
