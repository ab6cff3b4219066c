import type { Disguise } from '../disguise/disguise.svelte.ts';
import { isRightToLeft, type Language } from '../display/languages.ts';
import { m } from '../paraglide/messages.js';
import type { Quiet } from '../today/hours.ts';
import type { KeptNotice } from './kept-notice.ts';

const SIZE = 192;

/** What a notice says and looks like now: of a disguise its name and picture, of the forum nothing. */
export async function noticeOf(
	language: Language,
	worn: Disguise | null,
	quiet: Quiet | null,
	text: string | null,
): Promise<Omit<KeptNotice, 'trial'>> {
	const words = text ?? m.notify_words();
	const said = worn ? { title: worn.name, body: words, icon: await picture(worn.icon) } : { title: words, body: '', icon: '' };
	return { ...said, lang: language, dir: isRightToLeft(language) ? 'rtl' : 'ltr', quiet };
}

/** Drawn here, in a form that every system shows. Without one it is only a notice without a picture. */
async function picture(icon: string): Promise<string> {
	try {
		const image = Object.assign(new Image(SIZE, SIZE), { src: icon });
		await image.decode();
		const canvas = Object.assign(document.createElement('canvas'), { width: SIZE, height: SIZE });
		canvas.getContext('2d')?.drawImage(image, 0, 0, SIZE, SIZE);
		return canvas.toDataURL('image/png');
	} catch {
		return '';
	}
}
