import { readdirSync } from 'node:fs';
import { defineConfig, type OxlintOverride } from 'oxlint';
import { roomsKnownBy } from './web/rooms.ts';

type Pattern = { message: string } & ({ group: string[] } | { regex: string });

/** Files that import none of these; of two that speak of one file, the later one holds alone. */
const refuse = (files: string[], ...patterns: Pattern[]): OxlintOverride => ({
	files,
	rules: { 'no-restricted-imports': ['error', { patterns }] },
});

const features = ['threads', 'moderation', 'profiles', 'organisations', 'documents', 'positions', 'statements'];
const within = (rooms: readonly string[]) => rooms.map((room) => `**/${room}/**`);
const ofShared = (rooms: readonly string[]) => rooms.map((room) => `@multaqa/shared/${room}/*`);
const sharedFiles = (rooms: readonly string[]) => rooms.map((room) => `shared/src/${room}/**`);

const sharedLayers = [
	refuse(sharedFiles(['bytes', 'crypto', 'text', 'search', 'un']), {
		group: [...within(['chain', 'log', 'vault', 'client', 'api', ...features]), 'node:*'],
		message: 'The bottom layer knows nothing of ours above it.',
	}),
	refuse(sharedFiles(['chain', 'log', 'vault']), {
		group: [...within(['client', 'api', ...features]), 'node:*'],
		message: 'The protocol knows bytes and crypto; not features, not the engine.',
	}),
	refuse(sharedFiles(['client', 'api']), {
		group: [...within(features), 'node:*'],
		message: 'Features are registered with the engine; it imports none, and no platform.',
	}),
	refuse(sharedFiles(features), {
		group: ['**/client/*', ...['types', 'names', 'findable', 'judging'].map((file) => `!**/client/${file}.ts`), '**/api/**', 'node:*'],
		message: 'A feature is event types, a reducer and rules: of the engine it knows types only.',
	}),
];

const serverLayers = [
	refuse(['db/src/**'], {
		group: ['hono', 'hono/*', 'socket.io', '@multaqa/server/*', '@multaqa/web/*', ...ofShared(['client', ...features])],
		message: 'db knows SQL, api and bytes.',
	}),
	refuse(['server/src/**'], {
		group: ['kysely', 'kysely/*', 'better-sqlite3', '@multaqa/web/*', ...ofShared(['client', 'vault', ...features])],
		message: 'The server appends, orders and serves; it knows no feature and no SQL.',
	}),
];

const byContract: Pattern = {
	group: ['@multaqa/db/*', '@multaqa/server/*'],
	message: 'The page knows the server by its contract only.',
};

const lib = 'web/src/lib';
const rooms = readdirSync(new URL(lib, import.meta.url), { withFileTypes: true })
	.filter((entry) => entry.isDirectory() && entry.name !== 'paraglide')
	.map(({ name }) => name);

/** Of the rooms of the page, a room imports those that `web/rooms.ts` says. */
function roomLayer(room: string): OxlintOverride {
	const others = rooms.filter((other) => other !== room && !roomsKnownBy(room).includes(other));
	return refuse([`${lib}/${room}/**`], byContract, {
		regex: String.raw`^(#lib/|(\.\./)+)(${['routes', ...others].join('|')})/`,
		message: `${room} knows only what web/rooms.ts says: the flow is one way, and a route composes two features.`,
	});
}

const tools = [
	'**/*.test.ts',
	'**/testing/**',
	'**/*.e2e.ts',
	'web/e2e/**',
	'web/bench/**',
	'web/demo/**',
	'server/bench/**',
	'server/faults/**',
	'.config/**',
	'shared/vectors/**',
	'web/dev.ts',
	'server/src/main.ts',
	'server/src/cli/main.ts',
	'web/release/main.ts',
	'web/messages/*.ts',
];

export default defineConfig({
	plugins: ['typescript', 'import', 'unicorn', 'oxc', 'promise'],
	categories: { correctness: 'error', suspicious: 'error' },
	env: { browser: true, node: true },
	rules: {
		'import/no-cycle': 'error',
		'import/no-unassigned-import': 'off',
		'no-console': 'error',
		'no-shadow': 'off',
		'no-await-in-loop': 'off',
		'no-underscore-dangle': 'off',
		'unicorn/no-array-sort': 'off',
		'unicorn/no-array-reverse': 'off',
		'unicorn/consistent-function-scoping': 'off',
		'promise/always-return': 'off',
		'typescript/consistent-type-imports': 'error',
		'typescript/no-explicit-any': 'error',
		'typescript/no-non-null-assertion': 'error',
		'import/no-named-as-default-member': 'off',
		'import/default': 'off',
		'unicorn/require-post-message-target-origin': 'off',
	},
	overrides: [
		...sharedLayers,
		...serverLayers,
		refuse(['web/src/**'], byContract),
		...rooms.map(roomLayer),
		{
			files: tools,
			rules: {
				'no-restricted-imports': 'off',
				'no-console': 'off',
				'typescript/no-non-null-assertion': 'off',
				'unicorn/prefer-add-event-listener': 'off',
			},
		},
	],
	ignorePatterns: ['node_modules', 'web/build', 'web/.svelte-kit', 'web/src/lib/paraglide'],
});
