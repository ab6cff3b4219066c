import type { ClientInit } from '@sveltejs/kit/hooks';
import { unlockBefore } from './lib/shell/return-path.ts';

/**
 * Every page load begins locked. Who comes to a page of members goes to the sign-in before anything of that page is
 * asked for, and from there back: on a bad line it stands in a third of the time.
 */
export const init: ClientInit = () => {
	const first = unlockBefore(location.pathname, location.hash);
	if (first !== null) history.replaceState(history.state, '', first);
};
