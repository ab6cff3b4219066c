import type { MemberView, PersonView } from '@multaqa/shared/client/types';

/** What may be begun from a person's sheet. */
export type Step =
	| 'role'
	| 'silence'
	| 'remove'
	| 'propose-removal'
	| 'confirm-removal'
	| 'make-coordinator'
	| 'leave-coordination'
	| 'propose-end'
	| 'confirm-end'
	| 'remove-account'
	| 'invite-again';

const removal = { now: 'remove', propose: 'propose-removal', confirm: 'confirm-removal' } as const;

/** What this reader may do about a member of a space: exactly what the chain's rules would allow. */
export function stepsInSpace(member: MemberView | null): Step[] {
	if (!member) return [];
	const { setRoles, silence, remove } = member.may;
	const steps: Step[] = [];
	if (setRoles.some((role) => role !== member.role)) steps.push('role');
	if (silence) steps.push('silence');
	if (remove !== null && member.trust !== 'self') steps.push(removal[remove]);
	return steps;
}

/** What this reader may do about somebody in the forum as a whole. */
export function stepsInForum(person: PersonView | null): Step[] {
	if (!person) return [];
	const { makeCoordinator, removeCoordinator, remove, inviteAgain } = person.may;
	const steps: Step[] = [];
	if (makeCoordinator) steps.push('make-coordinator');
	if (removeCoordinator) steps.push(endOfCoordination(person));
	if (inviteAgain) steps.push('invite-again');
	if (remove && person.trust !== 'self') steps.push('remove-account');
	return steps;
}

function endOfCoordination({ trust, motion }: PersonView): Step {
	if (trust === 'self') return 'leave-coordination';
	return motion ? 'confirm-end' : 'propose-end';
}
