import { version } from '$app/env';
import { cacheOf, versionIn, versionOf } from './program-files.ts';

/** The version that this page runs, as its shell names it. */
export function ownVersion(): string {
	const links = document.querySelectorAll<HTMLLinkElement>('link[rel="modulepreload"]');
	return versionOf(
		version,
		[...links].map(({ href }) => new URL(href).pathname),
	);
}

/** Says, as long as this page lives, that its version is in use: a lock ends with the tab, however that ends. */
export function holdVersion(version: string): void {
	void navigator.locks?.request(cacheOf(version), { mode: 'shared' }, () => new Promise(() => undefined));
}

/** Versions that some tab of this browser runs. */
export async function versionsInUse(): Promise<string[]> {
	const { held = [] } = (await navigator.locks?.query()) ?? {};
	return held.map(({ name }) => versionIn(name ?? '')).filter((version) => version !== null);
}
