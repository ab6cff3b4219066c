import { forum } from '@multaqa/shared/api/accounts';
import { decodeLink } from '@multaqa/shared/chain/link';
import { acceptLink, emptyWorld, type World } from '@multaqa/shared/chain/world';
import { founding } from '../../src/testing/forum.ts';
import type { ServerProcess } from './server-process.ts';

/** Sets a forum up on a program that has just been started for the first time. */
export async function foundForum(server: ServerProcess) {
	const { person, host, space, id, request } = await founding(server);
	({ nonce: person.nonce } = await person.browser.call(forum.setup, { request }));
	let world: World = emptyWorld;
	for (const link of request.links) world = await acceptLink(world, decodeLink(link));
	return { person, host, space, forum: id, world };
}
