/** Roles in a space, the highest first. A guest is a member with an end. */
export const ROLES = ['coordinator', 'facilitator', 'member', 'observer', 'guest'] as const;
export type Role = (typeof ROLES)[number];

/** Guests stand with members: they may write, and act on nobody. */
const RANKS: Record<Role, number> = { coordinator: 4, facilitator: 3, member: 2, guest: 2, observer: 1 };

export const rankOf = (role: Role): number => RANKS[role];
export const outranks = (actor: Role, other: Role): boolean => RANKS[actor] > RANKS[other];
export const mayGrant = (actor: Role, granted: Role): boolean => RANKS[actor] >= RANKS.facilitator && RANKS[actor] >= RANKS[granted];
/** May remove, or act upon what somebody wrote: facilitators and coordinators, whoever stands below them. */
export const mayModerate = (actor: Role, other: Role): boolean => RANKS[actor] >= RANKS.facilitator && outranks(actor, other);
export const mayWrite = (role: Role): boolean => role !== 'observer';
