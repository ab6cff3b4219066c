export const languages = ['ar', 'en'] as const;
export type Language = (typeof languages)[number];

/** Each language by its own name. */
export const languageNames: Record<Language, string> = { ar: 'العربية', en: 'English' };

export const isRightToLeft = (language: Language): boolean => language === 'ar';
