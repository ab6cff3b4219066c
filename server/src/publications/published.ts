import type { Connection } from '@multaqa/db/database';
import { allPublished, publishedAt, readEdition, type EditionName } from '@multaqa/db/publications';
import { decodePublication, type Publication } from '@multaqa/shared/publication/publication';
import { summaryOf, type Published, type PublishedSummary } from '@multaqa/shared/publication/published';
import { isoOf } from '@multaqa/shared/publication/signed-text';

/** On the list of statements and in the feeds. */
const MOST_LISTED = 100;
/** Each may have megabytes of files. */
const MOST_KEPT = 8;

/** An edition never changes: those that are asked for again and again are kept in memory. */
export function createPublished(db: Connection, origin: string, now: () => number): Published {
	const hour = () => isoOf(Math.floor(now() / 1000));
	const whole = remembering<Publication>(MOST_KEPT);
	const fronts = remembering<PublishedSummary>(2 * MOST_LISTED);
	const load = (name: EditionName) =>
		whole(name, async () => {
			const bytes = await readEdition(db, name);
			if (!bytes) throw new Error('an edition went away');
			return decodePublication(bytes);
		});
	return {
		origin,
		async read(address) {
			const name = await publishedAt(db, address, hour());
			return name && load(name);
		},
		async all() {
			const names = await allPublished(db, hour(), MOST_LISTED);
			const summaries: PublishedSummary[] = [];
			for (const name of names) summaries.push(await fronts(name, async () => summaryOf(await load(name))));
			return summaries;
		},
	};
}

/** Keeps the newest `most`. */
function remembering<Kept>(most: number): (name: EditionName, make: () => Promise<Kept>) => Promise<Kept> {
	const kept = new Map<string, Kept>();
	return async ({ address, edition }, make) => {
		const key = `${address}/${edition}`;
		const one = kept.get(key) ?? (await make());
		kept.delete(key);
		kept.set(key, one);
		for (const oldest of kept.keys()) if (kept.size > most) kept.delete(oldest);
		return one;
	};
}
