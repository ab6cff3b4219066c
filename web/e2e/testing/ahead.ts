import type { BrowserContext, Page } from 'playwright-core';

type Shifted = typeof globalThis & { setAhead?: (by: number) => void };

/** Lets the clock of a browser's pages be set ahead. Timers go on as they do. */
export async function withClock(context: BrowserContext): Promise<void> {
	await context.addInitScript(() => {
		const RealDate = Date;
		let ahead = 0;
		globalThis.Date = class extends RealDate {
			constructor(...given: unknown[]) {
				super(...((given.length === 0 ? [RealDate.now() + ahead] : given) as [number]));
			}

			static override now(): number {
				return RealDate.now() + ahead;
			}
		} as DateConstructor;
		(globalThis as Shifted).setAhead = (by) => {
			ahead = by;
		};
	});
}

/** @param by milliseconds before the real time */
export const setAhead = (page: Page, by: number): Promise<void> => page.evaluate((ms) => (globalThis as Shifted).setAhead?.(ms), by);
