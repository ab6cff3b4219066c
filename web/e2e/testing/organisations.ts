import type { OrganisationId } from '@multaqa/shared/bytes/ids';
import type { Role } from '@multaqa/shared/chain/roles';
import { secretOf, until, type Person, type TestForum } from './forum.ts';

/** Somebody who represents an organisation of their own. */
export interface Representative extends Person {
	readonly organisation: OrganisationId;
}

/** A new organisation with one person, who represents it. */
export async function organisationOf(
	forum: TestForum,
	organisation: string,
	person: string,
	role: Role = 'member',
): Promise<Representative> {
	const { alice, space } = forum;
	const id = await alice.client.addOrganisation(organisation);
	const { fragment } = await alice.client.invite({ organisation: id, role, approval: false, spaces: [space.id] });
	const arrived = await forum.arrive();
	await arrived.client.join({ fragment, person, secret: secretOf(person) });
	const account = arrived.client.status.account!;
	await until('the coordinator knows them', () => alice.client.forum!.people.some((one) => one.account === account));
	await alice.client.people.addRepresentative(account);
	await until('they know that they represent', () => arrived.client.spaces[0]?.may.speakForOrganisation === true);
	return { ...arrived, organisation: id };
}
