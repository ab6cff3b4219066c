import { createContext } from 'svelte';
import { overwriteGetLocale } from '../paraglide/runtime.js';
import type { Display } from '../display/display.svelte.ts';
import { formatFor, type Format } from './format.ts';

/** Messages follow `display.language`; templates that show one are shown again when it changes. */
export function speak(display: Display): void {
	overwriteGetLocale(() => display.language);
}

/** Formats that follow the reader's language and digits. */
export function followingFormat(display: Display): Format {
	const made = new Map<string, Format>();
	const current = (): Format => {
		const key = display.language + display.digits;
		const format = made.get(key) ?? formatFor(display.language, display.digits);
		made.set(key, format);
		return format;
	};
	return {
		number: (value) => current().number(value),
		moment: (time) => current().moment(time),
		momentIn: (time, zone) => current().momentIn(time, zone),
		day: (time) => current().day(time),
		ago: (time, now) => current().ago(time, now),
		until: (time, now) => current().until(time, now),
		span: (seconds) => current().span(seconds),
		list: (items) => current().list(items),
	};
}

/** Made in the root layout. */
export const [useFormat, provideFormat] = createContext<Format>();
