import type { OnProgress } from '@multaqa/shared/client/types';
import { m } from '../paraglide/messages.js';
import type { Person } from './person.svelte.ts';
import type { Step } from './steps.ts';

/** Something done about a person that says beforehand what happens. */
export interface Confirmation {
	readonly title: string;
	/** What happens, in plain words. */
	readonly says: readonly string[];
	readonly action: string;
	readonly working: string;
	/** Said afterwards, by what has come of it: a proposal may have ended, or been confirmed, in the meantime. */
	readonly done: (person: Person) => string;
	/** To be typed where nothing can be undone. */
	readonly word?: string;
	readonly danger: boolean;
	readonly run: (person: Person, report: OnProgress) => Promise<void>;
}

export type ConfirmedStep = Exclude<Step, 'role' | 'invite-again'>;

const outOfSpace = (person: Person) => (person.member ? m.motion_again() : m.removed_from_space());

const confirmations: Record<ConfirmedStep, () => Confirmation> = {
	remove: () => ({
		title: m.remove_title(),
		says: [m.remove_nothing_new(), m.remove_read_stays(), m.remove_keys_renewed()],
		action: m.remove_do(),
		working: m.removing(),
		done: outOfSpace,
		danger: true,
		run: (person, report) => person.remove(report),
	}),
	'propose-removal': () => ({
		title: m.remove_title(),
		says: [m.motion_takes_two(), m.motion_nothing_yet(), m.remove_nothing_new()],
		action: m.motion_propose(),
		working: m.motion_proposing(),
		done: (person) => (person.member ? m.motion_proposed() : m.removed_from_space()),
		danger: true,
		run: (person, report) => person.remove(report),
	}),
	'confirm-removal': () => ({
		title: m.remove_title(),
		says: [m.motion_second(), m.remove_nothing_new(), m.remove_read_stays(), m.remove_keys_renewed()],
		action: m.motion_confirm(),
		working: m.removing(),
		done: outOfSpace,
		danger: true,
		run: (person, report) => person.remove(report),
	}),
	'make-representative': () => ({
		title: m.representative_add_title(),
		says: [m.representative_add_may(), m.representative_add_own(), m.representative_add_undo()],
		action: m.representative_add(),
		working: m.representative_changing(),
		done: m.representative_added,
		danger: false,
		run: (person) => person.makeRepresentative(),
	}),
	'end-representation': () => ({
		title: m.representative_end_title(),
		says: [m.representative_end_stays(), m.representative_end_key()],
		action: m.representative_end(),
		working: m.representative_changing(),
		done: m.representative_ended,
		danger: true,
		run: (person) => person.endRepresentation(),
	}),
	'make-coordinator': () => ({
		title: m.coordinator_add_title(),
		says: [m.coordinator_add_may(), m.coordinator_add_spaces(), m.coordinator_add_two()],
		action: m.coordinator_add(),
		working: m.coordinator_adding(),
		done: m.coordinator_added,
		danger: false,
		run: (person) => person.makeCoordinator(),
	}),
	'leave-coordination': () => ({
		title: m.coordinator_leave_title(),
		says: [m.coordinator_leave_text(), m.coordinator_leave_spaces()],
		action: m.coordinator_leave(),
		working: m.coordinator_ending(),
		done: m.coordinator_left,
		danger: true,
		run: (person) => person.endCoordination(),
	}),
	'propose-end': () => ({
		title: m.coordinator_end_title(),
		says: [m.motion_takes_two(), m.motion_nothing_yet(), m.coordinator_leave_spaces()],
		action: m.motion_propose(),
		working: m.motion_proposing(),
		done: (person) => (person.view?.coordinator ? m.motion_proposed() : m.coordinator_ended()),
		danger: true,
		run: (person) => person.endCoordination(),
	}),
	'confirm-end': () => ({
		title: m.coordinator_end_title(),
		says: [m.motion_second(), m.coordinator_leave_spaces()],
		action: m.motion_confirm(),
		working: m.coordinator_ending(),
		done: (person) => (person.view?.coordinator ? m.motion_again() : m.coordinator_ended()),
		danger: true,
		run: (person) => person.endCoordination(),
	}),
	'remove-account': () => ({
		title: m.remove_account_title(),
		says: [m.remove_account_spaces(), m.remove_read_stays(), m.remove_account_final()],
		action: m.remove_account_do(),
		working: m.removing(),
		done: m.removed_from_forum,
		word: m.remove_word(),
		danger: true,
		run: (person, report) => person.removeFromForum(report),
	}),
};

/** What a step asks before it is done; `null` for those that have a form of their own. */
export function confirmationOf(step: Step): Confirmation | null {
	return step in confirmations ? confirmations[step as ConfirmedStep]() : null;
}

const labels: Record<Step, () => string> = {
	role: () => m.step_role(),
	remove: () => m.remove_do(),
	'propose-removal': () => m.step_propose_removal(),
	'confirm-removal': () => m.step_confirm_removal(),
	'make-representative': () => m.representative_add(),
	'end-representation': () => m.representative_end(),
	'make-coordinator': () => m.coordinator_add(),
	'leave-coordination': () => m.coordinator_leave(),
	'propose-end': () => m.step_propose_end(),
	'confirm-end': () => m.step_confirm_end(),
	'remove-account': () => m.remove_account_do(),
	'invite-again': () => m.invite_again(),
};

/** What the button of a step says. */
export const stepText = (step: Step): string => labels[step]();

/** Steps that take something from somebody. */
export const isGrave = (step: Step): boolean => confirmationOf(step)?.danger ?? false;
