import { error, type ServerLoadEvent } from '@sveltejs/kit';
import { publicOf } from '#lib/public/published.ts';
import { statementPage } from '#lib/public/statement-page.ts';

export const load = async ({ params, platform, setHeaders }: ServerLoadEvent<{ address: string }>) => {
	const published = publicOf(platform);
	const publication = await published.read(params.address);
	// Before its hour, never published, mistyped: nobody can tell which.
	if (!publication) error(404);
	setHeaders({ 'cache-control': 'no-cache' });
	return { statement: statementPage(publication), origin: published.origin };
};
