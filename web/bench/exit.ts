import { startBrowser } from '../e2e/testing/browser.ts';
import { blank } from '../e2e/testing/blank.ts';
import { openThread, sent, startForum } from '../e2e/testing/forum.ts';
import { programKept } from '../e2e/testing/kept.ts';
import { joinInBrowser } from '../e2e/testing/member.ts';
import { atMost, type Figure } from './figure.ts';

/** The promise (S-8), in ms. */
const AT_ONCE = 300;
const TITLE = 'ترتيبات الجلسة القادمة';

/** How long the page can still be seen after the way out was pressed, with a line and without. */
export async function quickExit(): Promise<readonly Figure[]> {
	const browser = await startBrowser();
	const forum = await startForum();
	try {
		await openThread(forum.alice, forum.space, TITLE, 'نلتقي عند العاشرة.');
		await sent(forum.alice);
		const pressed = async (offline: boolean) => {
			const member = await joinInBrowser(browser, forum, offline ? 'سمر' : 'ديمة', {
				width: 360,
				height: 740,
				keeping: true,
				// In place of the world outside.
				prepare: async (context) => void (await context.route(/^https:/, (route) => route.fulfill({ contentType: 'text/html', body: '' }))),
			});
			const { page, context, steps } = member;
			await page.getByText(TITLE).first().click();
			await programKept(page);
			await context.setOffline(offline);
			const way = page.getByRole('button', { name: steps.t('exit') }).last();
			const { ms } = await blank(page, () => way.click({ noWaitAfter: true }));
			await context.close();
			return ms;
		};
		return [
			atMost('quick exit: until nothing of the page is seen', await pressed(false), 'ms', AT_ONCE),
			atMost('the same without a line', await pressed(true), 'ms', AT_ONCE),
		];
	} finally {
		await browser.close();
		await forum.stop();
	}
}
