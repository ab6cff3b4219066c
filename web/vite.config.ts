import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { paraglideVitePlugin } from '@inlang/paraglide-js';
import adapter from '@sveltejs/adapter-node';
import { sveltekit } from '@sveltejs/kit/vite';
import { defineConfig } from 'vite';
import { writeCompleteMessages } from './messages/complete.ts';

const { version } = JSON.parse(readFileSync(new URL('./package.json', import.meta.url), 'utf8')) as { version: string };

/** The one inline script of ours (language and theme before first paint) is allowed by its hash. */
function firstPaintHash(): `sha256-${string}` {
	const template = readFileSync(new URL('./src/app.html', import.meta.url), 'utf8');
	const script = /<script>([^]*?)<\/script>/.exec(template)?.[1] ?? '';
	return `sha256-${createHash('sha256').update(script).digest('base64')}`;
}

/** Style attribute of Kit's route announcer. */
const announcerStyle = 'sha256-S8qMpvofolR8Mpjy4kQvEm7m1q8clzU4dfDH0AmvZjo=';

writeCompleteMessages();

/**
 * What every page needs travels as a few files instead of sixty: on a bad link a request costs more than the
 * bytes in it. What only members need stays out of the first visit.
 */
const shared = [
	{ name: 'words', test: /src\/lib\/(paraglide|i18n)\// },
	{ name: 'base', test: /node_modules\/(svelte|@sveltejs|esm-env|clsx|devalue)\// },
	{ name: 'entry', test: /src\/lib\/(accounts|display|shell\/(Brand|EntryFrame|SkipLink)|client|work|ui\/(Button|Field|Form|Notice|Working|Blank|Choice|Check))/ },
];

export default defineConfig({
	environments: {
		client: { build: { rolldownOptions: { output: { codeSplitting: { groups: shared } } } } },
	},
	plugins: [
		paraglideVitePlugin({
			project: './project.inlang',
			outdir: './src/lib/paraglide',
			// The language is ours to keep and to switch without a reload: see lib/i18n/language.svelte.ts.
			strategy: ['globalVariable', 'baseLocale'],
			emitTsDeclarations: true,
			outputStructure: 'locale-modules',
		}),
		sveltekit({
			adapter: adapter({ precompress: true }),
			// Deterministic, or two builds of one source would differ.
			version: { name: version, pollInterval: 0 },
			csp: {
				// Hashes, not nonces: the shell is the same bytes for everyone and can be compared.
				mode: 'hash',
				directives: {
					'default-src': ['none'],
					'script-src': ['self', firstPaintHash()],
					'style-src-elem': ['self'],
					'style-src-attr': ['unsafe-hashes', announcerStyle],
					'img-src': ['self', 'data:', 'blob:'],
					'font-src': ['self'],
					'connect-src': ['self'],
					'worker-src': ['self'],
					'manifest-src': ['self'],
					'base-uri': ['none'],
					'form-action': ['self'],
					'frame-ancestors': ['none'],
					'require-trusted-types-for': ['script'],
					'trusted-types': ['svelte-trusted-html', 'multaqa-worker'],
				},
			},
		}),
	],
});
