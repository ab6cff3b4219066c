import { deleteEndpoint, deleteMail, deletePush, findMail, findPush, putMail, putPush } from '@multaqa/db/notifications';
import { readSetting, writeSetting } from '@multaqa/db/settings';
import { notifications } from '@multaqa/shared/api/notifications';
import { Problem } from '@multaqa/shared/problem';
import { brokenNoticeRule } from '@multaqa/shared/text/notice-text';
import type { Context } from '../context.ts';
import type { Mount } from '../validate.ts';
import { NOTICE_TEXT } from './notifier.ts';

/** Where people want to be told that there is something new. */
export function notificationRoutes(mount: Mount, context: Context): void {
	pushRoutes(mount, context);
	mailRoutes(mount, context);
	const { db, ledger, notifier } = context;

	mount.member(notifications.read, async ({ session: { id, account } }) => {
		const push = await findPush(db, id);
		const mail = await findMail(db, account);
		const { codes } = notifier;
		return {
			push: notifier.push && {
				key: notifier.push.publicKey,
				on: push !== null,
				failing: push?.failing ?? false,
				without: [...(push?.without ?? [])],
			},
			mail: notifier.mail && {
				address: mail?.address ?? null,
				waiting: codes.waitingFor(account)?.address ?? null,
				failing: notifier.mail.failing,
			},
			text: await readSetting(db, NOTICE_TEXT),
		};
	});

	mount.member(notifications.setText, async ({ request: { text }, session: { account } }) => {
		if (!ledger.world.directory?.coordinators.has(account)) throw new Problem('not-found');
		const rule = text === null ? null : brokenNoticeRule(text);
		if (rule) throw new Problem('malformed', { rule });
		await writeSetting(db, NOTICE_TEXT, text === null ? null : text.trim());
		return {};
	});
}

function pushRoutes({ member }: Mount, { db, limits, notifier }: Context): void {
	member(notifications.turnOn, async ({ request: { endpoint, without }, session: { id, account } }) => {
		if (!notifier.push) throw new Problem('not-found');
		if (!notifier.push.accepts(endpoint)) throw new Problem('rejected-link', { rule: 'push-service-is-known' });
		await putPush(db, { session: id, account, endpoint, without });
		return {};
	});

	member(notifications.turnOff, async ({ request: { endpoint }, session }) => {
		await deletePush(db, session.id);
		if (endpoint !== null) await deleteEndpoint(db, session.account, endpoint);
		return {};
	});

	member(notifications.trial, async ({ session }) => {
		const push = await findPush(db, session.id);
		if (!push || !notifier.push) throw new Problem('not-found');
		limits.attempt(`trial:${session.id}`);
		return { taken: (await notifier.wake(push)) === 'taken' };
	});
}

function mailRoutes({ member }: Mount, { db, notifier }: Context): void {
	member(notifications.askMail, async ({ request: { address, language }, session: { account } }) => {
		const { mail, codes, codesFor, codesTo } = notifier;
		if (!mail) throw new Problem('not-found');
		if (!codesFor.take(account)) throw new Problem('too-many-attempts', { retryAfter: 3_600 });
		const code = codes.make(account, { address, language });
		// Not waited for, and silently not sent to a mailbox that got enough: nobody learns who else asked.
		if (codesTo.take(address.toLowerCase())) void mail.sendCode(address, language, code);
		return {};
	});

	member(notifications.confirmMail, async ({ request: { code }, session: { account } }) => {
		const mailbox = notifier.codes.confirm(account, code);
		if (mailbox) await putMail(db, { account, ...mailbox });
		return { confirmed: mailbox !== null };
	});

	member(notifications.removeMail, async ({ session: { account } }) => {
		notifier.codes.forget(account);
		await deleteMail(db, account);
		return {};
	});
}
