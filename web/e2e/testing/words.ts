import ar from '../../messages/ar.json' with { type: 'json' };
import en from '../../messages/en.json' with { type: 'json' };

export type Language = 'ar' | 'en';
const messages: Record<Language, Record<string, unknown>> = { ar, en };

/** The words a reader of `language` sees: tests look for what is on the screen, in that language. */
export function words(language: Language): (key: keyof typeof en, values?: Record<string, string>) => string {
	return (key, values = {}) => {
		const text = messages[language][key];
		if (typeof text !== 'string') throw new Error(`no plain message ${key}`);
		return text.replaceAll(/\{(\w+)\}/g, (_, name: string) => values[name] ?? '');
	};
}
