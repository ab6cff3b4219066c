import { allMails, allPushes, deleteMail, deletePush, noteMail, notePush, type Push } from '@multaqa/db/notifications';
import { hourOf } from '@multaqa/db/hour';
import type { Connection } from '@multaqa/db/database';
import type { MailTable } from '@multaqa/db/schema';
import { readSetting, settleSetting } from '@multaqa/db/settings';
import type { AccountId, SpaceId } from '@multaqa/shared/bytes/ids';
import { randomInt } from 'node:crypto';
import { isAccount, standingIn } from '../chain/standing.ts';
import type { Ledger } from '../chain/ledger.ts';
import type { Log } from '../log.ts';
import type { Nodes } from '../nodes/nodes.ts';
import { createCodes, type Codes } from './codes.ts';
import { sharedSchedule } from './shared-schedule.ts';
import type { MailSender } from './mail.ts';
import type { MailOptions, PushOptions } from './options.ts';
import { createPush, type PushOutcome, type PushSender } from './push.ts';
import { createQuota, type Quota } from './quota.ts';
import { createSchedule, mailKey, pushKey } from './schedule.ts';
import { createVapid, newVapidKey } from './vapid.ts';

/** Tells people who are not here that there is something new, and nothing else. */
export interface Notifier {
	/** `null`: switched off by the operator. */
	readonly push: PushSender | null;
	readonly mail: MailSender | null;
	readonly codes: Codes;
	/** Codes that may be sent: to one mailbox, whoever asks, and for one account. */
	readonly codesTo: Quota;
	readonly codesFor: Quota;
	/** Something was written in a space. Costs nothing: what follows from it is worked out later. */
	heard(space: SpaceId, by: AccountId): void;
	/** A request of theirs came in. */
	seen(account: AccountId): void;
	/** Wakes one browser now. */
	wake(push: Push): Promise<PushOutcome>;
	/** Sends what has become due. By itself some times a minute. */
	tick(): Promise<void>;
	close(): Promise<void>;
}

export interface NotifierParts {
	readonly db: Connection;
	readonly ledger: Ledger;
	readonly log: Log;
	readonly now: () => number;
	readonly nodes: Nodes;
	readonly push: PushOptions | null;
	readonly mail: MailOptions | null;
}

/** The setting that holds what coordinators want a notice to say. */
export const NOTICE_TEXT = 'notice-text';
const VAPID_KEY = 'vapid-key';
const TICK = 20_000;
/** Tried at once; a service that does not answer holds up only so many. */
const AT_ONCE = 8;
const CODES_TO_A_MAILBOX = 3;
const CODES_FOR_AN_ACCOUNT = 6;
const FINE = 2 ** 32;

export async function startNotifier(parts: NotifierParts): Promise<Notifier> {
	const { db, ledger, log, now, nodes } = parts;
	const schedule = sharedSchedule(
		createSchedule(now, () => randomInt(FINE) / FINE),
		nodes,
		now,
	);
	const codesTo = createQuota(CODES_TO_A_MAILBOX, now);
	const codesFor = createQuota(CODES_FOR_AN_ACCOUNT, now);
	const push = parts.push
		? createPush(parts.push, createVapid(await settleSetting(db, VAPID_KEY, newVapidKey), parts.push.subject, now))
		: null;
	// The library is only there where it is used: an idle server stays small.
	const mail = parts.mail ? (await import('./mail.ts')).createMail(parts.mail) : null;
	let running: Promise<void> | null = null;

	async function wake(to: Push): Promise<PushOutcome> {
		const outcome = (await push?.wake(to.endpoint)) ?? 'failed';
		schedule.sent(pushKey(to));
		if (outcome === 'gone') await deletePush(db, to.session, to.endpoint);
		else if (to.failing !== (outcome === 'failed')) await notePush(db, to, outcome === 'failed');
		return outcome;
	}

	async function write({ account, address, language }: MailTable, text: string | null): Promise<void> {
		schedule.sent(mailKey({ account }));
		if (await mail?.tell(address, language, text)) await noteMail(db, account, hourOf(now()));
	}

	async function sendDue(): Promise<void> {
		if (!(await nodes.leads())) return schedule.rest();
		await ledger.refresh();
		const time = Math.floor(now() / 1000);
		const isIn = (account: AccountId, space: SpaceId) => standingIn(ledger.world, account, space, time) !== null;
		const pushes = push ? await allPushes(db) : [];
		const mails = mail ? await staying(await allMails(db)) : [];
		const due = schedule.due(pushes, mails, isIn);
		const text = due.mails.length > 0 ? await readSetting(db, NOTICE_TEXT) : null;
		await someAtOnce([...due.pushes.map((to) => () => wake(to)), ...due.mails.map((to) => () => write(to, text))]);
	}

	/** Whoever was removed from the forum is forgotten here too. */
	async function staying(mails: readonly MailTable[]): Promise<readonly MailTable[]> {
		for (const { account } of mails) if (!isAccount(ledger.world, account)) await deleteMail(db, account);
		return mails.filter(({ account }) => isAccount(ledger.world, account));
	}

	const tick = () => (running ??= sendDue().finally(() => (running = null)));
	const timer = push || mail ? setInterval(() => void tick().catch((error: unknown) => log.unexpected(error)), TICK).unref() : undefined;
	return {
		push,
		mail,
		codes: createCodes(now, nodes, ({ account, address }) => {
			codesFor.take(account);
			codesTo.take(address.toLowerCase());
		}),
		codesTo,
		codesFor,
		heard: (space, by) => {
			if (push || mail) schedule.heard(space, by);
		},
		seen: (account) => {
			if (push || mail) schedule.seen(account);
		},
		wake,
		tick,
		async close() {
			clearInterval(timer);
			schedule.tell();
			push?.close();
			mail?.close();
			await running?.catch(() => undefined);
		},
	};
}

async function someAtOnce(works: readonly (() => Promise<unknown>)[]): Promise<void> {
	const queue = works.values();
	const worker = async () => {
		for (const work of queue) await work();
	};
	await Promise.all(Array.from({ length: AT_ONCE }, worker));
}
