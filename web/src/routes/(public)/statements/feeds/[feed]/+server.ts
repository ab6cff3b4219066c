import { error, type RequestEvent } from '@sveltejs/kit';
import { feed, FEEDS } from '#lib/public/feeds.ts';
import { publicOf } from '#lib/public/published.ts';

export const GET = async ({ params, platform }: RequestEvent<{ feed: string }>) => {
	const name = FEEDS.find((one) => one === params.feed);
	if (!name) error(404);
	const published = publicOf(platform);
	return new Response(feed(name, await published.all(), published.origin), {
		headers: {
			'content-type': `application/${name.endsWith('atom') ? 'atom' : 'rss'}+xml; charset=utf-8`,
			'content-security-policy': "default-src 'none'; sandbox",
		},
	});
};
