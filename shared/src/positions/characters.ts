/** Tatweel, what cannot be seen, and marks that belong to the letter before them. */
const UNCOUNTED = /[\u0640\p{Cf}\p{M}]|(?!\s)\p{Cc}/gu;

/**
 * Characters of a reason, as a reader would count them: each with its marks is one, white space counts once, and neither tatweel nor
 * what cannot be seen counts.
 */
export const charactersIn = (text: string): number => Array.from(text.replaceAll(UNCOUNTED, '').trim().replaceAll(/\s+/gu, ' ')).length;
