import type { Format } from '../i18n/format.ts';
import { m } from '../paraglide/messages.js';

const KILO = 1_000;
const MEGA = KILO * KILO;
const GIGA = KILO * MEGA;

const withOnePlace = (value: number) => Math.round(value * 10) / 10;

/** How much room something takes, in words. */
export function sizeOf(bytes: number, format: Format): string {
	if (bytes >= GIGA) return m.size_gb({ shown: format.number(withOnePlace(bytes / GIGA)) });
	if (bytes >= MEGA) return m.size_mb({ shown: format.number(withOnePlace(bytes / MEGA)) });
	return m.size_kb({ shown: format.number(Math.ceil(bytes / KILO)) });
}
