import type { Confirmation } from '@multaqa/shared/client/types';
import type { Format } from '../i18n/format.ts';
import { m } from '../paraglide/messages.js';

/** Who else has confirmed what this device sees of a space, and what it means when nobody has. */
export function confirmationText({ by, stale }: Confirmation, format: Format): string {
	if (stale) return m.confirmation_stale();
	return m.confirmation_count({ count: by, shown: format.number(by) });
}
