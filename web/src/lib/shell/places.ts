import Building from '@lucide/svelte/icons/building';
import CircleUser from '@lucide/svelte/icons/circle-user-round';
import Sun from '@lucide/svelte/icons/sun';
import type { Component } from 'svelte';
import { m } from '../paraglide/messages.js';

/** A place that the bars lead to. Only what exists is listed. */
export interface Place {
	readonly href: string;
	readonly text: string;
	readonly icon: Component;
	/** Whether `path` lies in it. */
	readonly holds: (path: string) => boolean;
}

export function placesFor(coordinator: boolean): Place[] {
	const today = { href: '/', text: m.place_today(), icon: Sun, holds: (path: string) => path === '/' || path.startsWith('/s/') };
	const forum = { href: '/forum', text: m.place_forum(), icon: Building, holds: (path: string) => path.startsWith('/forum') };
	const me = { href: '/me', text: m.place_me(), icon: CircleUser, holds: (path: string) => path.startsWith('/me') };
	return coordinator ? [today, forum, me] : [today, me];
}
