import type { Draft, DraftPair, PairKind } from '../documents/pair.ts';
import { confirmed } from '../documents/translations.ts';

/** A pair whose English was made of its Arabic. */
export const pair = (kind: PairKind, ar: string, en: string, more: Partial<DraftPair> = {}): DraftPair => ({
	...confirmed({ id: `${kind}-${ar}-${en}`, kind, level: 1, ar, en, translation: null }, 'en'),
	...more,
});

/** A statement that is ready to be frozen. */
export const statement = (...more: readonly DraftPair[]): Draft => ({
	authority: 'both',
	pairs: [
		pair('title', 'بيان مشترك بشأن المفقودين', 'Joint statement on the missing'),
		pair('footnote', 'تشارك المنظمات التالية هذا الرأي.', 'These organisations share the view.'),
		pair('heading', 'الوقائع', 'Facts', { level: 2 }),
		pair('paragraph', 'منذ القرار 1996/31 لم يتغيّر شيء.', 'Nothing has changed since resolution 1996/31.'),
		pair('item', 'نطالب بكشف المصير', 'We ask that their fate be known'),
		...more,
	],
});
