import { m } from '../../paraglide/messages.js';
import { nameOfBrowser } from './browser-name.ts';

/** What this browser is called until its owner says otherwise. */
export function defaultDeviceName(): string {
	const { browser, system } = nameOfBrowser(navigator);
	return browser && system ? m.device_default({ browser, system }) : (browser ?? m.device_browser());
}
