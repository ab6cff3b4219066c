import { isWithin } from '../today/hours.ts';
import type { WorkerScope } from '../offline/worker-scope.ts';
import { keptNotice } from './kept-notice.ts';

/** One notice at a time. */
const TAG = 'new';

/** This device was woken, with no word of what for: it says what it always says, unless somebody is looking at the page. */
export async function showNotice(scope: Pick<WorkerScope, 'clients' | 'registration'>, now: Date): Promise<void> {
	const { title, body, icon, lang, dir, quiet, trial } = await keptNotice();
	const windows = await scope.clients.matchAll({ type: 'window', includeUncontrolled: true });
	const isLookedAt = windows.some(({ focused, visibilityState }) => focused && visibilityState === 'visible');
	if (isLookedAt && now.getTime() > trial) return;
	// Browsers demand that each push is shown: in quiet hours it makes no sound.
	const silent = quiet !== null && isWithin(quiet, now);
	await scope.registration.showNotification(title, { body, lang, dir, tag: TAG, renotify: !silent, silent, ...(icon ? { icon } : {}) });
}

/** The page comes to the front, or is opened at its beginning. */
export async function openPage({ clients }: Pick<WorkerScope, 'clients'>): Promise<void> {
	const [window] = await clients.matchAll({ type: 'window', includeUncontrolled: true });
	await (window ? window.focus() : clients.openWindow('/'));
}
