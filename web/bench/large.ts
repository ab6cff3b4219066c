import { fanOut } from './fan-out.ts';
import { growth } from './growth.ts';
import { foundLarge, removeForum } from './large-forum.ts';
import { oneCore } from './one-core.ts';
import type { Telling } from './telling.ts';

/** The founder, and 500 whose two browsers each make a thousand lines. */
const ACCOUNTS = 501;

/** A forum of 500 accounts, filled with a million events: what growth costs, what a thousand lines cost, and one small machine. */
export async function large(port: number, { tellOf }: Telling): Promise<void> {
	const forum = await foundLarge(port, ACCOUNTS);
	try {
		await tellOf('growth', () => growth(forum, port));
		await tellOf('fan-out', () => fanOut(forum, port));
		await tellOf('one core', () => oneCore(forum, port));
	} finally {
		removeForum(forum);
	}
}
