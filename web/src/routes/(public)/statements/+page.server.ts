import { LANGUAGES } from '@multaqa/shared/documents/pair';
import { secondsIn } from '@multaqa/shared/publication/signed-text';
import { publicOf } from '#lib/public/published.ts';
import type { ServerLoadEvent } from '@sveltejs/kit';

export const load = async ({ platform }: ServerLoadEvent) => {
	const all = await publicOf(platform).all();
	return {
		statements: all.map(({ title, list }) => ({
			address: list.address,
			titles: LANGUAGES.flatMap((language) => (title[language] ? [{ language, text: title[language] }] : [])),
			published: secondsIn(list.published),
			signatories: list.signatories.filter(({ withdrawal }) => withdrawal === null).length,
		})),
	};
};
