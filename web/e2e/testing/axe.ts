import axe from 'axe-core';
import type { Page } from 'playwright-core';

type Axe = typeof axe;
const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/** What axe finds wrong with a page as it stands: rule and element, none when all is well. */
export async function violations(page: Page): Promise<readonly string[]> {
	// On a screen so tall that no bar which stays in place lies over anything: what scrolls away is not covered.
	const size = page.viewportSize() ?? { width: 1280, height: 800 };
	await page.setViewportSize({ ...size, height: 4_000 });
	// By the driver, which the page's policy does not bind.
	await page.evaluate(`${axe.source}; undefined`);
	const found = await page.evaluate(async (tags) => {
		const { violations } = await (globalThis as unknown as { axe: Axe }).axe.run(document, { runOnly: { type: 'tag', values: tags } });
		return violations.flatMap(({ id, nodes }) =>
			nodes.map(({ target, failureSummary }) => `${id}: ${target.join(' ')}: ${failureSummary?.split('\n')[1]?.trim() ?? ''}`),
		);
	}, RULES);
	await page.setViewportSize(size);
	return found;
}
