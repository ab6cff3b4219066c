import type { MemberView, MotionView, PersonView } from '@multaqa/shared/client/types';

/** What may be begun from a person's sheet. */
export type Step =
	| 'role'
	| 'remove'
	| 'propose-removal'
	| 'confirm-removal'
	| 'make-coordinator'
	| 'leave-coordination'
	| 'propose-end'
	| 'confirm-end'
	| 'make-representative'
	| 'end-representation'
	| 'remove-account'
	| 'invite-again';

const removal = { now: 'remove', propose: 'propose-removal', confirm: 'confirm-removal' } as const;

/** A proposal that has ended is made anew, not confirmed. */
const isOpen = (motion: MotionView | null, now: number) => motion !== null && motion.expires >= now;

/** What this reader may do about a member of a space: exactly what the chain's rules would allow at `now` (seconds since 1970). */
export function stepsInSpace(member: MemberView | null, now: number): Step[] {
	if (!member) return [];
	const { setRoles, remove } = member.may;
	const steps: Step[] = [];
	if (setRoles.some((role) => role !== member.role)) steps.push('role');
	const over = remove === 'confirm' && !isOpen(member.motion, now);
	if (remove !== null && member.trust !== 'self') steps.push(removal[over ? 'propose' : remove]);
	return steps;
}

/** What this reader may do about somebody in the forum as a whole. */
export function stepsInForum(person: PersonView | null, now: number): Step[] {
	if (!person) return [];
	const { makeRepresentative, endRepresentation, makeCoordinator, removeCoordinator, remove, inviteAgain } = person.may;
	const steps: Step[] = [];
	if (makeRepresentative) steps.push('make-representative');
	if (endRepresentation) steps.push('end-representation');
	if (makeCoordinator) steps.push('make-coordinator');
	if (removeCoordinator) steps.push(endOfCoordination(person, now));
	if (inviteAgain) steps.push('invite-again');
	if (remove && person.trust !== 'self') steps.push('remove-account');
	return steps;
}

function endOfCoordination({ trust, motion }: PersonView, now: number): Step {
	if (trust === 'self') return 'leave-coordination';
	return isOpen(motion, now) ? 'confirm-end' : 'propose-end';
}
