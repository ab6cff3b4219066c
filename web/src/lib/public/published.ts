import { error } from '@sveltejs/kit';
import type { Published } from '@multaqa/shared/publication/published';

/** What the server hands on. Without it (a page that no server of ours serves) there is nothing to show. */
export function publicOf(platform: App.Platform | undefined): Published {
	return platform?.req.published ?? error(503);
}
