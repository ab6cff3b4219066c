import { confirmEdition, editionsOf, proposeEdition } from '@multaqa/db/publications';
import { publications } from '@multaqa/shared/api/publications';
import { fromBase64url } from '@multaqa/shared/bytes/bytes';
import type { SpaceId } from '@multaqa/shared/bytes/ids';
import { organisationOfKey } from '@multaqa/shared/chain/representation';
import type { World } from '@multaqa/shared/chain/world';
import { Problem } from '@multaqa/shared/problem';
import { examine, fileFaults } from '@multaqa/shared/publication/faults';
import { decodePublication, type Publication } from '@multaqa/shared/publication/publication';
import { digestOf, listText, secondsIn, type ListText } from '@multaqa/shared/publication/signed-text';
import { requireMember } from '../chain/standing.ts';
import { secondsOf, type Context } from '../context.ts';
import type { Session } from '../session.ts';
import type { Mount } from '../validate.ts';

/** A year: what is to appear later is to be decided later. */
const LONGEST_EMBARGO = 366 * 86_400;

/**
 * Statements on their way out. The server looks that two coordinators of one space stand by the same bytes and that
 * every key in them belongs to an organisation of this forum; what is right to publish, the members' programs judge.
 */
export function publicationRoutes({ member }: Mount, context: Context): void {
	const { db, ledger } = context;

	member(publications.propose, async ({ params: { space, address }, request: { bytes }, session }) => {
		requireCoordinator(space, session);
		const publication = decodePublication(bytes);
		const list = await provenList(publication);
		refuse('address-is-its-own', list.address === address);
		refuseForeignKeys(ledger.world, list, publication);
		refuse('embargo-is-bounded', secondsIn(list.published) <= secondsOf(context) + LONGEST_EMBARGO);
		await requireNext(space, list);
		const { edition, published } = list;
		await proposeEdition(db, { address, edition, space, published, proposer: session.account, bytes });
		return {};
	});

	member(publications.waiting, async ({ params: { space, address }, session }) => {
		requireCoordinator(space, session);
		return { bytes: (await waiting(space, address)).bytes };
	});

	member(publications.confirm, async ({ params: { space, address }, request: { digest }, session }) => {
		requireCoordinator(space, session);
		const { edition, proposer, bytes } = await waiting(space, address);
		refuse('another-coordinator-confirms', proposer !== session.account);
		if (digestOf(bytes) !== digest) throw new Problem('stale');
		if (!(await confirmEdition(db, { address, edition, bytes, confirmer: session.account }))) throw new Problem('stale');
		return {};
	});

	function requireCoordinator(space: SpaceId, { account }: Session): void {
		refuse('coordinators-publish', requireMember(ledger.world, account, space, secondsOf(context)) === 'coordinator');
	}

	/** Another space's statement is not there. */
	async function waiting(space: SpaceId, address: string) {
		const found = (await editionsOf(db, address)).find(({ proposer }) => proposer !== null);
		if (found?.space !== space) throw new Problem('not-found');
		return found;
	}

	/** Editions follow each other, and what a statement is does not change with them. */
	async function requireNext(space: SpaceId, list: ListText): Promise<void> {
		const last = (await editionsOf(db, list.address)).find(({ proposer }) => proposer === null);
		if (last && last.space !== space) throw new Problem('not-found');
		if (list.edition !== (last?.edition ?? 0) + 1) throw new Problem('stale');
		if (!last) return refuse('edition-follows', list.previous === null);
		const before = decodePublication(last.bytes).list.file;
		const { document, round, published } = listText.read(before);
		refuse('edition-follows', list.previous === digestOf(before));
		refuse('statement-stays', list.document === document && list.round === round && list.published === published);
	}
}

/** @throws Problem `tampered` when it does not prove what it says */
async function provenList(publication: Publication): Promise<ListText> {
	const { list, faults } = await examine(publication);
	if (!list || faults.length > 0 || fileFaults(list, publication.files).length > 0)
		throw new Problem('rejected-link', { rule: 'publication-proves-itself' });
	return list;
}

/** One organisation stands in the list once, each with keys of its own that the directory knows. */
function refuseForeignKeys({ directory }: World, { publisher, signatories: rows }: ListText, { signatories }: Publication): void {
	const ownerOf = (key: Uint8Array) => directory && organisationOfKey(directory.representation, key);
	const owners = rows.map(({ key }) => ownerOf(fromBase64url(key)));
	refuse('organisations-of-this-forum-sign', ownerOf(fromBase64url(publisher.key)) !== null && owners.every((owner) => owner !== null));
	refuse('organisation-signs-once', new Set(owners).size === owners.length);
	const isOwn = signatories.every(({ key, withdrawal }) => !withdrawal || ownerOf(withdrawal.key) === ownerOf(key));
	refuse('organisation-withdraws-itself', isOwn);
}

function refuse(rule: string, holds: boolean): void {
	if (!holds) throw new Problem('rejected-link', { rule });
}
