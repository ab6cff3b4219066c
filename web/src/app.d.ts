/// <reference types="@sveltejs/kit" />

declare module '@fontsource/*';

declare namespace App {
	interface Platform {
		/** What the server hands on with a request: nothing but what everybody may read. */
		readonly req: { readonly published?: import('@multaqa/shared/publication/published').Published };
	}
}
