import type { Voice } from '@multaqa/shared/client/types';
import type { Act } from '@multaqa/shared/positions/events';

/**
 * For whom an act speaks, unless whoever acts says otherwise: stances, and what becomes of reservations, for the organisation; suggested
 * words, and all that facilitators do, for oneself.
 */
export function voiceOf({ type, content }: Act): Voice {
	if (type === 'reservation.settle') return content.as === 'accepted' ? 'person' : 'organisation';
	return type.startsWith('stance.') || type === 'decision.sign-off' ? 'organisation' : 'person';
}
