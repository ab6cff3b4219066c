import { deleteBlob, hasBlob, insertBlob, readBlob, sizeOfBlobs } from '@multaqa/db/blobs';
import { hourOf } from '@multaqa/db/hour';
import { blobs } from '@multaqa/shared/api/blobs';
import { blobIdOf } from '@multaqa/shared/attachments/pieces';
import { lockOf } from '@multaqa/shared/attachments/removal';
import { toBase64url } from '@multaqa/shared/bytes/bytes';
import { mayWrite } from '@multaqa/shared/chain/roles';
import { Problem } from '@multaqa/shared/problem';
import { requireMember } from '../chain/standing.ts';
import { secondsOf, type Context } from '../context.ts';
import type { Mount } from '../validate.ts';

/** Attachments as the server knows them: bytes that belong to a space. */
export function blobRoutes({ member }: Mount, context: Context): void {
	const { allowances, db, ledger, attachmentRoom, nodes } = context;
	/** Counted once; every piece taken is added, at whichever node. */
	let taken: Promise<number> | null = null;
	const countAnew = () => void (taken = null);
	const tellTaken = nodes.subject('pieces-took', (bytes: number) => {
		taken = taken && taken.then((before) => before + bytes);
		// Whoever brought what found no room is told so, and has it counted anew.
		taken?.catch(countAnew);
	});
	const tellRemoved = nodes.subject('pieces-left', countAnew);
	nodes.onMissed(countAnew);

	member(blobs.write, async ({ params: { space }, request: { bytes, lock }, session: { account } }) => {
		if (!mayWrite(requireMember(ledger.world, account, space, secondsOf(context))))
			throw new Problem('rejected-link', { rule: 'observers-read' });
		const id = blobIdOf(bytes);
		if (await hasBlob(db, space, id)) return { id };
		allowances.pieces.spend(account, bytes.length);
		taken = (taken ?? sizeOfBlobs(db)).then((before) => {
			if (before + bytes.length > attachmentRoom) throw new Problem('storage-full');
			return before + bytes.length;
		});
		try {
			await taken;
			await insertBlob(db, { space, id, hour: hourOf(context.now()), bytes, lock: toBase64url(lock) });
			tellTaken(bytes.length);
		} catch (error) {
			// Not there after all.
			countAnew();
			throw error;
		}
		return { id };
	});

	member(blobs.remove, async ({ params: { space }, request: { pieces }, session: { account } }) => {
		requireMember(ledger.world, account, space, secondsOf(context));
		for (const { id, key } of pieces) {
			// There is room again.
			if (!(await deleteBlob(db, space, id, toBase64url(lockOf(key))))) continue;
			countAnew();
			tellRemoved(null);
		}
		return {};
	});

	member(blobs.read, async ({ params: { space, blob }, session: { account } }) => {
		requireMember(ledger.world, account, space, secondsOf(context));
		const bytes = await readBlob(db, space, blob);
		if (!bytes) throw new Problem('not-found');
		return { bytes };
	});

	member(blobs.probe, async ({ params: { space, blob }, session: { account } }) => {
		requireMember(ledger.world, account, space, secondsOf(context));
		return { there: await hasBlob(db, space, blob) };
	});
}
