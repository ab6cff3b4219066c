/**
 * Where to go back to after unlocking travels behind `#`: it survives a reload and is never sent. Only paths
 * of this page count, and a post in one of them, so that no link can send a person elsewhere.
 */
const PATH = /^\/(?![/\\])[A-Za-z0-9_\-/]*(?:#post-[A-Za-z0-9_-]{43})?$/;

export const isReturn = (fragment: string): boolean => PATH.test(fragment);

export const returnPath = (fragment: string): string => (isReturn(fragment) ? fragment : '/');

/** The address that asks for unlocking and comes back to `path`. */
export const unlockAddress = (path: string): string => (isReturn(path) && path !== '/' ? `/sign-in#${path}` : '/sign-in');

/** Where pages of members begin. One that is missing here goes to the sign-in too, only later (the layout of members). */
const OF_MEMBERS = /^\/(?:$|(?:s|search|forum|safety|who-sees-what|me)(?:\/|$))/;

/** The address that a page load at `path` unlocks at before; `null` where nothing needs unlocking. */
export const unlockBefore = (path: string, hash: string): string | null => (OF_MEMBERS.test(path) ? unlockAddress(path + hash) : null);
