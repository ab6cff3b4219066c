import { m } from '../paraglide/messages.js';

export const LOOKS = ['calculator', 'notes', 'weather'] as const;
export type Look = (typeof LOOKS)[number];

/** The drawing of each on a square of 24: what programs of that kind look like everywhere. */
const DRAWINGS: Readonly<Record<Look, string>> = {
	calculator:
		"<rect width='24' height='24' rx='5' fill='#3a3f47'/><rect x='5' y='4.5' width='14' height='4.5' rx='1' fill='#cfd6de'/><g fill='#fff'><rect x='5' y='11' width='3.5' height='3.5' rx='.8'/><rect x='10.25' y='11' width='3.5' height='3.5' rx='.8'/><rect x='5' y='16' width='3.5' height='3.5' rx='.8'/><rect x='10.25' y='16' width='3.5' height='3.5' rx='.8'/></g><rect x='15.5' y='11' width='3.5' height='8.5' rx='.8' fill='#f0932b'/>",
	notes:
		"<rect width='24' height='24' rx='5' fill='#f5c542'/><rect x='5.5' y='4.5' width='13' height='15' rx='1.2' fill='#fffdf5'/><path d='M8 9h8M8 12h8M8 15h5' stroke='#8a7a45' stroke-width='1.3' stroke-linecap='round'/>",
	weather:
		"<rect width='24' height='24' rx='5' fill='#3b8ede'/><circle cx='9.5' cy='9.5' r='3.6' fill='#ffd54a'/><path d='M9 18.5a3.2 3.2 0 0 1 .3-6.4 4.2 4.2 0 0 1 7.9 1.2 2.7 2.7 0 0 1-.4 5.2z' fill='#fff'/>",
};

/** Its picture, made on this device: asking the server for it would tell that this device is disguised. */
export const iconOf = (look: Look): string =>
	`data:image/svg+xml,${encodeURIComponent(`<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 24 24'>${DRAWINGS[look]}</svg>`)}`;

/** What it is called where no other name was chosen. */
export function nameOf(look: Look): string {
	if (look === 'calculator') return m.disguise_calculator();
	return look === 'notes' ? m.disguise_notes() : m.disguise_weather();
}
