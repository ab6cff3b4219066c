import { disguise } from '../disguise/disguise.svelte.ts';
import type { Display } from '../display/display.svelte.ts';
import type { NoticeSettings } from '../today/notice-settings.svelte.ts';
import { keepNotice } from './kept-notice.ts';
import { noticeOf } from './notice-words.ts';

/** What a notice depends on; whoever reads it in an effect hears of changes. */
export interface NoticeGrounds {
	readonly display: Pick<Display, 'language'>;
	readonly settings: Pick<NoticeSettings, 'quiet'>;
	/** What coordinators want it to say instead. */
	readonly text: string | null;
}

/** Leaves for the service worker what a notice says as of now. `trial`: until when it is shown in front of the page too. */
export async function keepCurrent({ display, settings, text }: NoticeGrounds, trial = 0): Promise<void> {
	const notice = noticeOf(display.language, disguise(), settings.quiet, text);
	await keepNotice({ ...(await notice), trial });
}
