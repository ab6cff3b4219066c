import { m } from '../paraglide/messages.js';

/** What a visible mark of direction stands for. */
export const markText = (removed: boolean): string => (removed ? m.mark_removed() : m.mark_kept());
