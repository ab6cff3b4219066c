import type { StreamId } from '@multaqa/shared/bytes/ids';
import { afterEach, beforeEach } from 'vitest';
import type { Person, TestForum } from './forum.ts';
import type { Liar } from './liar.ts';
import { looksAt, servedBy, startLie, textsIn } from './lied-to.ts';

/** What the stories of a lying server begin with: for each a fresh forum, whose server lies to Bob. */
export let forum: TestForum;
export let liar: Liar;
export let bob: Person;

beforeEach(async () => {
	({ forum, liar, bob } = await startLie());
});
afterEach(() => forum.stop());

export const texts = (person: Person, stream: StreamId) => textsIn(forum, person, stream);
/** Somebody looks again, as they do by themselves every time their line opens. */
export const looks = (person: Person) => looksAt(forum, person);
/** The links of all that the server really serves to everybody. */
export const served = () => servedBy(forum);
