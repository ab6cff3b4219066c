/** Does something when nothing else waits; where `requestIdleCallback` is missing (Safari), the next turn does. */
export function whenIdle(work: () => void): void {
	if (typeof requestIdleCallback === 'function') requestIdleCallback(work, { timeout: 200 });
	else setTimeout(work, 16);
}
