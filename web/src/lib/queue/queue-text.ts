import type { Queued } from '@multaqa/shared/threads/queued';
import type { Format } from '../i18n/format.ts';
import { m } from '../paraglide/messages.js';

/** How much waits, as people count it. */
export function countsOf({ posts, changes, reactions }: Pick<Queued, 'posts' | 'changes' | 'reactions'>, format: Format): string {
	const counts = [
		posts > 0 && m.queue_posts({ count: posts, shown: format.number(posts) }),
		changes > 0 && m.queue_changes({ count: changes, shown: format.number(changes) }),
		reactions > 0 && m.queue_reactions({ count: reactions, shown: format.number(reactions) }),
	];
	return counts.filter((count) => count !== false).join(' · ');
}
