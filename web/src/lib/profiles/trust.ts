import BadgeCheck from '@lucide/svelte/icons/badge-check';
import Shield from '@lucide/svelte/icons/shield';
import ShieldX from '@lucide/svelte/icons/shield-x';
import type { Trust } from '@multaqa/shared/client/types';
import { m } from '../paraglide/messages.js';

/** A check stands only beside those whose code was compared, and beside oneself. */
export const trustIcon: Record<Trust, typeof Shield> = {
	self: BadgeCheck,
	verified: BadgeCheck,
	vouched: Shield,
	mismatch: ShieldX,
};

const states: Record<Trust, () => string> = {
	self: () => m.trust_short_self(),
	verified: () => m.trust_short_verified(),
	vouched: () => m.trust_short_vouched(),
	mismatch: () => m.trust_short_mismatch(),
};

/** How far a person is verified, in two or three words. */
export const trustText = (trust: Trust): string => states[trust]();
