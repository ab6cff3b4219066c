import type { Progress } from '@multaqa/shared/client/types';
import { m } from '../paraglide/messages.js';

const texts: Record<Progress['step'], () => string> = {
	keys: () => m.progress_keys(),
	passkey: () => m.progress_passkey(),
	argon: () => m.progress_argon(),
	account: () => m.progress_account(),
	links: () => m.progress_links(),
	events: () => m.progress_events(),
	rotation: () => m.progress_rotation(),
	index: () => m.progress_index(),
	sealing: () => m.progress_sealing(),
	fetching: () => m.progress_fetching(),
	sending: () => m.sending(),
};

/** What the engine is doing, in the reader's language. */
export const stepText = (step: Progress['step']): string => texts[step]();
