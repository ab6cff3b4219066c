import type { Client } from '@multaqa/shared/client/types';
import { clearBrowser, forgetAccount } from './clear-browser.ts';
import { tellTabs } from './tabs.ts';

/**
 * Everything of the forum leaves this browser, whatever fails on the way. The page itself lives on: the engine may
 * still have to tell the server that this device is revoked.
 */
export async function wipe(client: Pick<Client, 'wipe'>): Promise<void> {
	await client.wipe().catch(() => undefined);
	await clearBrowser();
	tellTabs('erased');
}

/** The calm variant: ends the session first, and says so when that fails. */
export async function erase(client: Pick<Client, 'signOut'>): Promise<void> {
	await client.signOut({ erase: true });
	await forgetAccount();
	tellTabs('erased');
}
