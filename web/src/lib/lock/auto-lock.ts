import { Idle } from './idle.ts';
import { lockChosen } from './lock-settings.svelte.ts';
import { beginAnew, hearTabs, tellTabs } from './tabs.ts';

const USES = ['pointerdown', 'pointermove', 'keydown', 'wheel', 'touchstart', 'scroll'] as const;
const WAKINGS = ['visibilitychange', 'pageshow', 'focus', 'resume'] as const;
/** Other tabs need not hear of every movement. */
const TELL_SECONDS = 5;

/** Locks this tab when nobody uses the forum in any tab, or as soon as it is hidden if that was chosen. Answers the end. */
export function autoLock(lock: () => void, idle = new Idle()): () => void {
	const watching = new AbortController();
	let told = -Infinity;

	const lockWhenDue = (): boolean => {
		if (idle.seconds < lockChosen().minutes * 60) return false;
		// A tab that was frozen in the background speaks for itself only: another one may be in use.
		if (!document.hidden) tellTabs('lock');
		lock();
		return true;
	};
	const use = () => {
		// The first touch after a night is not use: it comes too late.
		if (lockWhenDue()) return;
		idle.active();
		if (performance.now() - told < TELL_SECONDS * 1000) return;
		told = performance.now();
		tellTabs('active');
	};
	const wake = () => {
		if (document.hidden && lockChosen().whenHidden) lock();
		else lockWhenDue();
	};

	const { signal } = watching;
	for (const name of USES) window.addEventListener(name, use, { signal, passive: true, capture: true });
	// At the window they come after the listeners of the document, which keep what is half written.
	for (const name of WAKINGS) window.addEventListener(name, wake, { signal });
	// Timers stop while a phone sleeps; what counts are the clocks.
	const timer = setInterval(lockWhenDue, 1000);
	const stopHearing = hearTabs((news) => {
		if (news === 'active') return idle.active();
		lock();
		if (news === 'erased') beginAnew();
	});
	return () => {
		watching.abort();
		clearInterval(timer);
		stopHearing();
	};
}
