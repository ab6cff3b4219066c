const SEPARATORS = /[^0-9A-Z]+/g;

/** The groups of a recovery code as they are printed. */
export const groupsOf = (code: string): string[] => code.split('-');

/** True when `typed` is the group at `place` of `code`; case, spaces and Arabic-Indic digits do not matter. */
export function isGroup(code: string, place: number, typed: string): boolean {
	return folded(typed) === folded(groupsOf(code)[place] ?? '') && folded(typed) !== '';
}

function folded(text: string): string {
	return text
		.normalize('NFKC')
		.replaceAll(/[٠-٩]/g, (digit) => String('٠١٢٣٤٥٦٧٨٩'.indexOf(digit)))
		.toUpperCase()
		.replaceAll(SEPARATORS, '');
}
