import type { Hash } from '../bytes/ids.ts';
import { decodeLink, type Cite, type Link, type LinkContent } from '../chain/link.ts';
import { linkOf, tailOf, type Stand, type Step, type Unsigned } from './course-parts.ts';
import { flipBit } from './random.ts';
import { DAY } from './test-forum.ts';

/** Makes a link of contents, honestly or not; `null` where a dishonest one is no link at all. */
type Twist = (course: Stand, step: Step, unsigned: Unsigned) => Promise<Link | null>;

const saying =
	(changes: (content: LinkContent, course: Stand, step: Step) => Partial<LinkContent>): Twist =>
	(course, step, { content, key }) =>
		linkOf({ content: { ...content, ...changes(content, course, step) }, key });

const honest: Twist = (_course, _step, unsigned) => linkOf(unsigned);

/** Another link in the place of the last one. */
const fork = saying((content, { world }) => {
	const tail = tailOf(world, content.kind, content.chain, content.by);
	return tail ? { seq: tail.seq, prev: tail.heads.at(-2) ?? null } : {};
});

const replayed: Twist = async ({ accepted }, { value }) => accepted[value % accepted.length] ?? null;

const inAnothersName: Twist = (course, { other }, { content, key }) => {
	const victim = course.person(other);
	const log = course.world.users.get(victim.account);
	return linkOf({
		content: { ...content, by: victim.account, log: log && content.log ? { seq: log.seq, head: log.head } : content.log },
		key,
	});
};

const withAnothersKey: Twist = (course, { other }, { content }) => linkOf({ content, key: course.person(other).device });

const fromAnotherDevice: Twist = (course, { value }, { content, key }) => {
	const device = course.people.find(([person]) => person?.account === content.by)?.[1 + (value % 2)];
	if (!device || content.device === null) return linkOf({ content, key });
	return linkOf({ content: { ...content, device: device.deviceId }, key: device.device });
};

const behind = (cite: Cite | null, heads: readonly Hash[] | undefined, back: number): Cite | null => {
	if (!cite || !heads) return cite;
	const seq = Math.max(0, cite.seq - back);
	return { seq, head: heads[seq] ?? cite.head };
};

const flipped: Twist = async (_course, { value }, unsigned) => {
	const { bytes } = await linkOf(unsigned);
	try {
		return decodeLink(flipBit(bytes, (value * 7_919) % (bytes.length * 8)));
	} catch {
		return null;
	}
};

const citingBefore = saying(({ by, log }, { world }, { value }) => ({ log: behind(log, world.users.get(by)?.heads, 1 + (value % 3)) }));

/** The first is honest. */
export const twists: readonly Twist[] = [
	honest,
	fork,
	replayed,
	inAnothersName,
	withAnothersKey,
	fromAnotherDevice,
	flipped,
	saying(({ time }, _course, { value }) => ({ time: Math.max(0, time - (1 + value) * DAY) })),
	saying(({ time }, _course, { value }) => ({ time: time + (value % 10) * DAY })),
	citingBefore,
	citingBefore,
	saying(({ log }) => ({ log: log && { ...log, seq: log.seq + 1 } })),
	saying(({ directory }, { world }, { value }) => ({ directory: behind(directory, world.directory?.heads, 1 + (value % 8)) })),
	saying(({ directory }) => ({ directory: directory && { ...directory, seq: directory.seq + 1 } })),
	saying(({ directory, prev }) => ({ directory: directory && prev && { ...directory, head: prev } })),
	saying(({ log, prev }) => ({ log: log && prev && { ...log, head: prev } })),
	saying(({ seq }) => ({ seq: seq + 1 })),
	saying(({ body }, { accepted }, { value }) => ({ body: accepted[value % accepted.length]?.body ?? body })),
	saying(({ type }, { accepted }, { value }) => ({ type: accepted[value % accepted.length]?.type ?? type })),
	saying(() => ({ device: null, log: null })),
	saying(({ chain }, { spaces, world }, { space }) => ({ chain: spaces[space % spaces.length] ?? world.directory?.id ?? chain })),
];
