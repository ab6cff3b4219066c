const CONSONANTS = 'bdfghklmnrstwz';
const VOWELS = 'aiou';

/**
 * A login name that says nothing about anybody: three syllables and two digits. People who choose their own
 * tend to take their name or their e-mail, which then stands in a seized phone's password list.
 */
export function suggestLoginName(random: (length: number) => Uint8Array): string {
	const bytes = random(8);
	const letter = (letters: string, at: number) => letters[(bytes[at] ?? 0) % letters.length] ?? '';
	const syllables = [0, 2, 4].map((at) => letter(CONSONANTS, at) + letter(VOWELS, at + 1)).join('');
	const digits = (((bytes[6] ?? 0) * 256 + (bytes[7] ?? 0)) % 90) + 10;
	return `${syllables}-${digits}`;
}

export const LOGIN_NAME_LIMIT = 64;
