import type { Page } from 'playwright-core';

/** How many records the forum has in this browser's IndexedDB. */
export async function recordsOnDevice(page: Page): Promise<number> {
	return await page.evaluate(async () => {
		const opening = indexedDB.open('multaqa');
		const db = await new Promise<IDBDatabase>((resolve, reject) => {
			opening.onsuccess = () => resolve(opening.result);
			opening.onerror = reject;
		});
		const countIn = (store: string) =>
			new Promise<number>((resolve) => {
				const request = db.transaction(store).objectStore(store).count();
				request.onsuccess = () => resolve(request.result);
			});
		const counts = await Promise.all([...db.objectStoreNames].map(countIn));
		db.close();
		return counts.reduce((sum, count) => sum + count, 0);
	});
}
