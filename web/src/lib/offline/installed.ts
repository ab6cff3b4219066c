import { LOOK_CACHE } from './program-files.ts';
import type { Disguise } from '../disguise/disguise.svelte.ts';

/** Under these addresses the server has those of the product; the service worker answers with ours before. */
const MANIFEST = '/app.webmanifest';
const SIZES = [192, 512] as const;
const iconAt = (size: number): string => `/icon-${size}.png`;
const LINK = 'link[rel="manifest"]';

interface Page {
	readonly lang: string;
	readonly dir: string;
}

/**
 * Makes what an installed program shows (name and icons) on this device, so that nobody is asked for it. Without a
 * disguise the product's own is left, which every device has alike.
 */
export async function dressInstalled(worn: Disguise | null, page: Page): Promise<void> {
	if (!worn) return void (await caches.delete(LOOK_CACHE));
	const cache = await caches.open(LOOK_CACHE);
	for (const size of SIZES) await cache.put(iconAt(size), await picture(worn.icon, size));
	await cache.put(
		MANIFEST,
		new Response(JSON.stringify(manifestOf(worn.name, page)), { headers: { 'content-type': 'application/manifest+json' } }),
	);
}

/** Tells the browser that this can be installed. The link is put in anew so that a changed name is read. */
export function offerInstalling(): void {
	document.querySelector(LINK)?.remove();
	document.head.append(Object.assign(document.createElement('link'), { rel: 'manifest', href: MANIFEST }));
}

function manifestOf(name: string, { lang, dir }: Page) {
	return {
		id: '/',
		name,
		short_name: name,
		lang,
		dir,
		start_url: '/',
		scope: '/',
		display: 'standalone',
		background_color: '#faf7f1',
		theme_color: '#faf7f1',
		icons: SIZES.map((size) => ({ src: iconAt(size), sizes: `${size}x${size}`, type: 'image/png', purpose: 'any' })),
	};
}

async function picture(icon: string, size: number): Promise<Response> {
	const image = Object.assign(new Image(size, size), { src: icon });
	await image.decode();
	const canvas = Object.assign(document.createElement('canvas'), { width: size, height: size });
	canvas.getContext('2d')?.drawImage(image, 0, 0, size, size);
	const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/png'));
	return new Response(blob, { headers: { 'content-type': 'image/png' } });
}
