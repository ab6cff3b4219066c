import { putEnrolment, takeEnrolment } from '@multaqa/db/enrolments';
import { enrolments } from '@multaqa/shared/api/accounts';
import { Problem } from '@multaqa/shared/problem';
import type { Context } from '../context.ts';
import type { Mount } from '../validate.ts';

const TEN_MINUTES = 10 * 60_000;

/** A sealed bundle waits here for one new device. */
export function enrolmentRoutes({ open, member }: Mount, { db, now }: Context): void {
	member(enrolments.leave, async ({ request: { id, sealed }, session: { account } }) => {
		await putEnrolment(db, { account, id, sealed, expires: new Date(now() + TEN_MINUTES).toISOString() });
		return {};
	});

	open(enrolments.take, async ({ request: { id } }) => {
		const sealed = await takeEnrolment(db, id, new Date(now()).toISOString());
		if (!sealed) throw new Problem('not-found');
		return { sealed };
	});
}
