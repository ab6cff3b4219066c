import type { ThreadItem } from './posts.ts';

/** A post with the branch that answers it, for the view "by branch". */
export interface Branch {
	readonly item: ThreadItem;
	readonly depth: number;
}

/** The same posts with each answer below what it answers, and how deep it stands. */
export function branchesOf(items: readonly ThreadItem[]): readonly Branch[] {
	const answers = new Map<string | null, ThreadItem[]>();
	const known = new Set(items.map((item) => item.id));
	for (const item of items) {
		const parent = item.kind === 'post' && item.reply !== null && known.has(item.reply) ? item.reply : null;
		const siblings = answers.get(parent);
		if (siblings) siblings.push(item);
		else answers.set(parent, [item]);
	}
	const ordered: Branch[] = [];
	const open = (answers.get(null) ?? []).map((item) => ({ item, depth: 0 })).reverse();
	for (let next = open.pop(); next; next = open.pop()) {
		ordered.push(next);
		const below = answers.get(next.item.id) ?? [];
		for (const item of below.toReversed()) open.push({ item, depth: next.depth + 1 });
	}
	return ordered;
}
