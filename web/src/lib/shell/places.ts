import Building from '@lucide/svelte/icons/building';
import CircleUser from '@lucide/svelte/icons/circle-user-round';
import Search from '@lucide/svelte/icons/search';
import ShieldCheck from '@lucide/svelte/icons/shield-check';
import Sun from '@lucide/svelte/icons/sun';
import type { Component } from 'svelte';
import { m } from '../paraglide/messages.js';
import { NOTHING_UNREAD, type Unread } from '../ui/unread.ts';

/** A place that the bars lead to. Only what exists is listed. */
export interface Place {
	readonly href: string;
	readonly text: string;
	readonly icon: Component;
	/** Whether `path` lies in it. */
	readonly holds: (path: string) => boolean;
	/** How much is new there. */
	readonly unread: Unread;
	/** Has a place in the bar of a phone, where there is room for few. */
	readonly main: boolean;
}

/** Everybody may see who is in the forum; a phone's bar leads there only those who run it. */
export function placesFor(coordinator: boolean, unread: Unread): Place[] {
	const within = (start: string) => (path: string) => path.startsWith(start);
	return [
		{ href: '/', text: m.place_today(), icon: Sun, holds: (path) => path === '/' || path.startsWith('/s/'), main: true, unread },
		{ href: '/search', text: m.place_search(), icon: Search, holds: within('/search'), main: true, unread: NOTHING_UNREAD },
		{ href: '/forum', text: m.place_forum(), icon: Building, holds: within('/forum'), main: coordinator, unread: NOTHING_UNREAD },
		{
			href: '/safety',
			text: m.safety(),
			icon: ShieldCheck,
			holds: (path) => within('/safety')(path) || within('/who')(path),
			main: false,
			unread: NOTHING_UNREAD,
		},
		{ href: '/me', text: m.place_me(), icon: CircleUser, holds: within('/me'), main: true, unread: NOTHING_UNREAD },
	];
}
