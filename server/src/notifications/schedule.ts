import type { Push } from '@multaqa/db/notifications';
import type { MailTable } from '@multaqa/db/schema';
import type { AccountId, SpaceId } from '@multaqa/shared/bytes/ids';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** How long something is held back, at random, and how seldom one follows another. Milliseconds. */
interface Rhythm {
	readonly least: number;
	readonly most: number;
	readonly apart: number;
	/** After this long once more, although nobody came; `null`: never. */
	readonly again: number | null;
}
/** So that the moment at which one person writes is not the one at which others are woken. */
export const PUSH_RHYTHM: Rhythm = { least: MINUTE, most: 6 * MINUTE, apart: 20 * MINUTE, again: 24 * HOUR };
export const MAIL_RHYTHM: Rhythm = { least: 10 * MINUTE, most: 40 * MINUTE, apart: 12 * HOUR, again: null };

/** What is to be sent now. */
export interface Due {
	readonly pushes: readonly Push[];
	readonly mails: readonly MailTable[];
}

/**
 * Who is to be told when. One knock, then silence until the person has been here. Everything it knows of who came when
 * is in memory and gone with it.
 */
export interface Schedule {
	/** Something was written in a space. */
	heard(space: SpaceId, by: AccountId, at?: number): void;
	/** The person is here and sees for themselves. */
	seen(account: AccountId, at?: number): void;
	/** @param isIn whether an account is in a space now */
	due(pushes: readonly Push[], mails: readonly MailTable[], isIn: (account: AccountId, space: SpaceId) => boolean): Due;
	/** It was sent, or tried: not again so soon. */
	sent(key: string): void;
	/** Another node sends: what it has settled long ago need not be known here. */
	rest(): void;
}

/** How a push, or a mailbox, is called in a schedule. */
export const pushKey = ({ session }: Pick<Push, 'session'>): string => `push:${session}`;
export const mailKey = ({ account }: Pick<MailTable, 'account'>): string => `mail:${account}`;

interface Told {
	readonly key: string;
	readonly account: AccountId;
	readonly wants: (space: SpaceId) => boolean;
	readonly rhythm: Rhythm;
	/** Known from before this server was started. */
	readonly last: number | null;
}

/** @param random from 0 up to 1 */
export function createSchedule(now: () => number, random: () => number): Schedule {
	/** Who wrote last in a space, and when; the newest of each of two is enough to know that somebody else did. */
	const news = new Map<SpaceId, Map<AccountId, number>>();
	const seenAt = new Map<AccountId, number>();
	const sentAt = new Map<string, number>();
	/** When it is sent, and for what. */
	const waiting = new Map<string, { readonly at: number; readonly since: number }>();

	function newsFor({ account, wants }: Told, isIn: (account: AccountId, space: SpaceId) => boolean): number | null {
		let newest: number | null = null;
		for (const [space, authors] of news) {
			if (!wants(space) || !isIn(account, space)) continue;
			for (const [author, at] of authors) if (author !== account && at > (newest ?? 0)) newest = at;
		}
		return newest;
	}

	const hasSeen = (account: AccountId, since: number) => (seenAt.get(account) ?? 0) >= since;

	/** From when on one may follow the last; `null`: not before the person has been here. */
	function earliest({ key, account, rhythm, last }: Told): number | null {
		const before = sentAt.get(key) ?? last;
		if (before === null) return now();
		if (hasSeen(account, before)) return Math.max(now(), before + rhythm.apart);
		return rhythm.again !== null && now() - before >= rhythm.again ? now() : null;
	}

	function isDue(told: Told, newest: number | null): boolean {
		const { key, account, rhythm } = told;
		const planned = waiting.get(key);
		if (planned && hasSeen(account, planned.since)) waiting.delete(key);
		const from = newest === null || waiting.has(key) || hasSeen(account, newest) ? null : earliest(told);
		if (newest !== null && from !== null)
			waiting.set(key, { at: from + rhythm.least + random() * (rhythm.most - rhythm.least), since: newest });
		return (waiting.get(key)?.at ?? Infinity) <= now();
	}

	return {
		heard(space, by, at = now()) {
			const authors = news.get(space) ?? new Map<AccountId, number>();
			news.set(space, authors.set(by, Math.max(at, authors.get(by) ?? 0)));
		},
		seen: (account, at = now()) => void seenAt.set(account, Math.max(at, seenAt.get(account) ?? 0)),
		due(pushes, mails, isIn) {
			const told = (of: Told) => isDue(of, newsFor(of, isIn));
			const due = {
				pushes: pushes.filter((push) => told(toldByPush(push))),
				mails: mails.filter((mail) => told(toldByMail(mail))),
			};
			news.clear();
			const known = new Set([...pushes.map(pushKey), ...mails.map(mailKey)]);
			for (const kept of [waiting, sentAt]) for (const key of kept.keys()) if (!known.has(key)) kept.delete(key);
			return due;
		},
		sent(key) {
			waiting.delete(key);
			sentAt.set(key, now());
		},
		rest() {
			waiting.clear();
			for (const authors of news.values()) for (const [author, at] of authors) if (now() - at > HOUR) authors.delete(author);
			for (const [space, { size }] of news) if (size === 0) news.delete(space);
		},
	};
}

function toldByPush(push: Push): Told {
	const wants = (space: SpaceId) => !push.without.includes(space);
	return { key: pushKey(push), account: push.account, wants, rhythm: PUSH_RHYTHM, last: null };
}

function toldByMail(mail: MailTable): Told {
	// Only the hour is kept; whoever came within it may not have come after.
	const last = mail.sent === null ? null : Date.parse(mail.sent) + HOUR;
	return { key: mailKey(mail), account: mail.account, wants: () => true, rhythm: MAIL_RHYTHM, last };
}
