import type { Component } from 'svelte';
import type { LucideProps } from '@lucide/svelte';

/** One line of a menu. */
export interface MenuChoice {
	readonly text: string;
	readonly icon: Component<LucideProps>;
	readonly act: () => void;
	readonly danger?: boolean;
	/** One of several of which one holds. */
	readonly chosen?: boolean;
	/** Begins a group. */
	readonly apart?: boolean;
}
