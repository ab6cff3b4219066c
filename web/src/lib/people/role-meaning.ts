import type { Role } from '@multaqa/shared/client/types';
import { m } from '../paraglide/messages.js';

const meanings: Record<Role, () => string> = {
	coordinator: () => m.role_coordinator_meaning(),
	facilitator: () => m.role_facilitator_meaning(),
	member: () => m.role_member_meaning(),
	observer: () => m.role_observer_meaning(),
	guest: () => m.role_guest_meaning(),
};

/** What a role may do in a space. */
export const roleMeaning = (role: Role): string => meanings[role]();
