/** What a person typed or pasted of the other's safety code, held against ours. */
export type Typed =
	/** Not twelve groups of five digits, and no text of a QR code either. */
	| { readonly kind: 'incomplete' }
	| { readonly kind: 'same' }
	/** Places (from 1) of the groups that differ: a slip of the finger shows in one or two. */
	| { readonly kind: 'different'; readonly groups: readonly number[] }
	/** The text of a QR code. */
	| { readonly kind: 'payload'; readonly text: string };

const GROUP = 5;

/** Digits of every script a member may have on the keyboard, as Latin ones. */
function latinDigits(text: string): string {
	return text.replaceAll(/[٠-٩۰-۹]/g, (digit) =>
		String('٠١٢٣٤٥٦٧٨٩'.includes(digit) ? '٠١٢٣٤٥٦٧٨٩'.indexOf(digit) : '۰۱۲۳۴۵۶۷۸۹'.indexOf(digit)),
	);
}

/** Digits only when nothing but digits and what stands between groups was given. */
function digitsOf(text: string): string | null {
	const plain = latinDigits(text).replaceAll(/[\s\-–.·,،\u200e\u200f\u061c]/g, '');
	return /^\d+$/.test(plain) ? plain : null;
}

const kindOf = (payload: string) => payload.slice(0, payload.lastIndexOf(':') + 1);

/** Whether `text` is what a QR code of some pair of people says: as long as ours, and of the same kind. */
export const resemblesPayload = (text: string, ours: string): boolean => text.length === ours.length && kindOf(text) === kindOf(ours);

/** Reads what was typed against the groups and the QR text of this device. */
export function readTyped(text: string, groups: readonly string[], payload: string): Typed {
	const trimmed = text.trim();
	const digits = digitsOf(trimmed);
	if (digits === null) return resemblesPayload(trimmed, payload) ? { kind: 'payload', text: trimmed } : { kind: 'incomplete' };
	if (digits.length !== groups.length * GROUP) return { kind: 'incomplete' };
	const differing = groups.flatMap((group, place) => (digits.slice(place * GROUP, (place + 1) * GROUP) === group ? [] : [place + 1]));
	return differing.length === 0 ? { kind: 'same' } : { kind: 'different', groups: differing };
}
