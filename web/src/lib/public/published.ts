import { error } from '@sveltejs/kit';
import type { Published } from '@multaqa/shared/publication/published';

/** A request as our server hands it on: with nothing but what everybody may read. */
type Handed = { readonly published?: Published } | undefined;

/** What the server hands on. Without it (a page that no server of ours serves) there is nothing to show. */
export const publicOf = (platform: App.Platform | undefined): Published =>
	(platform as { readonly req?: Handed } | undefined)?.req?.published ?? error(503);
