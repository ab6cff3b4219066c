import type { MemberMay, MemberView, PersonMay, PersonView } from '@multaqa/shared/client/types';
import { expect, test } from 'vitest';
import { stepsInForum, stepsInSpace } from './steps.ts';

const nothing: MemberMay = { setRoles: [], remove: null };
const member = (may: Partial<MemberMay>, about: Partial<MemberView> = {}) =>
	({ role: 'member', trust: 'vouched', motion: null, may: { ...nothing, ...may }, ...about }) as MemberView;
const nobody: PersonMay = {
	makeCoordinator: false,
	removeCoordinator: false,
	makeRepresentative: false,
	endRepresentation: false,
	remove: false,
	inviteAgain: false,
};
const person = (may: Partial<PersonMay>, about: Partial<PersonView> = {}) =>
	({ trust: 'vouched', motion: null, may: { ...nobody, ...may }, ...about }) as PersonView;
const NOW = 1_000;
const motion = { by: 'carol', byName: null, expires: NOW } as unknown as PersonView['motion'];

test('whoever may do nothing is offered nothing', () => {
	expect([stepsInSpace(member({}), NOW), stepsInSpace(null, NOW), stepsInForum(person({}), NOW), stepsInForum(null, NOW)]).toEqual([
		[],
		[],
		[],
		[],
	]);
});

test('a role is offered only where there is another one to choose', () => {
	expect(stepsInSpace(member({ setRoles: ['member'] }), NOW)).toEqual([]);
	expect(stepsInSpace(member({ setRoles: ['member', 'observer'] }), NOW)).toEqual(['role']);
});

test.each([
	['now', 'remove'],
	['propose', 'propose-removal'],
	['confirm', 'confirm-removal'],
] as const)('removing "%s" begins «%s»', (remove, step) => {
	expect(stepsInSpace(member({ remove }, { motion: remove === 'confirm' ? motion : null }), NOW)).toEqual([step]);
});

test('nobody removes themselves from the sheet: leaving has a place of its own', () => {
	expect(stepsInSpace(member({ remove: 'now' }, { trust: 'self' }), NOW)).toEqual([]);
	expect(stepsInForum(person({ remove: true }, { trust: 'self' }), NOW)).toEqual([]);
});

test('a coordinator leaves the coordination alone, and another is proposed first and confirmed then', () => {
	expect(stepsInForum(person({ removeCoordinator: true }, { trust: 'self' }), NOW)).toEqual(['leave-coordination']);
	expect(stepsInForum(person({ removeCoordinator: true }), NOW)).toEqual(['propose-end']);
	expect(stepsInForum(person({ removeCoordinator: true }, { motion }), NOW)).toEqual(['confirm-end']);
});

test('a proposal that ended while the page was open is made anew, not confirmed', () => {
	expect(stepsInForum(person({ removeCoordinator: true }, { motion }), NOW + 1)).toEqual(['propose-end']);
	expect(stepsInSpace(member({ remove: 'confirm' }, { motion }), NOW + 1)).toEqual(['propose-removal']);
});
