/**
 * Which rooms of `src/lib` know which: each names those it imports from, and all of them stand above it. So imports
 * flow one way, and whoever changes a room finds below it in this list all that may notice. Lint holds the rooms to it
 * (`.oxlint.config.ts`); where two that do not know each other meet, a route composes them.
 */
const table: readonly (readonly [room: string, knows: readonly string[]])[] = [
	['public', []],
	['disguise', []],
	['exit', []],
	['offline', ['disguise']],
	['lock', []],
	['accounts', ['disguise', 'lock']],
	['recovery', []],
	['operation', []],
	['palette', []],
	['shell', ['disguise', 'palette']],
	['invitations', ['shell']],
	['profiles', []],
	['people', ['profiles']],
	['verification', []],
	['safety', []],
	['search', []],
	['retention', []],
	['attachments', []],
	['text', []],
	['writing', ['text']],
	['posts', []],
	['going', ['attachments', 'text', 'writing']],
	['queue', ['attachments', 'going', 'posts', 'writing']],
	['keys', ['writing']],
	['positions', ['posts', 'profiles', 'shell', 'text', 'writing']],
	['documents', ['posts', 'profiles', 'shell', 'text', 'writing']],
	['statements', ['documents', 'profiles', 'shell']],
	['moderation', ['attachments', 'posts', 'profiles', 'safety', 'text', 'writing']],
	['spaces', ['moderation', 'shell']],
	['threads', ['attachments', 'going', 'keys', 'moderation', 'posts', 'retention', 'shell', 'text', 'writing']],
	['today', ['moderation', 'posts', 'threads', 'writing']],
	['notifications', ['disguise', 'offline', 'today']],
];

/** What every feature stands on. */
const ground: readonly (readonly [room: string, knows: readonly string[]])[] = [
	['ui', []],
	['display', ['ui']],
	['i18n', ['ui', 'display']],
	['client', ['display']],
	['progress', ['ui', 'display', 'i18n']],
];

const grounds = ground.map(([room]) => room);
const known = new Map([...ground, ...table.map(([room, knows]) => [room, [...grounds, ...knows]] as const)]);

/** The rooms that a room may import from; one that stands in no list yet may know the ground alone. */
export const roomsKnownBy = (room: string): readonly string[] => known.get(room) ?? grounds;

const order = [...known.keys()];
for (const [at, room] of order.entries())
	for (const other of roomsKnownBy(room))
		if (!order.slice(0, at).includes(other)) throw new Error(`web/rooms.ts: ${other} does not stand above ${room}`);
