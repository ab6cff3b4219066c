import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { paraglideVitePlugin } from '@inlang/paraglide-js';
import adapter from '@sveltejs/adapter-node';
import { sveltekit } from '@sveltejs/kit/vite';
import { defineConfig } from 'vite';
import { chunkGroups } from './first-visit.ts';
import { paraglide, writeCatalogues } from './messages/paraglide.ts';

const { version } = JSON.parse(readFileSync(new URL('./package.json', import.meta.url), 'utf8')) as { version: string };

/** The one inline script of ours (language and theme before first paint) is allowed by its hash. */
function firstPaintHash(): `sha256-${string}` {
	const template = readFileSync(new URL('./src/app.html', import.meta.url), 'utf8');
	const script = /<script>([^]*?)<\/script>/.exec(template)?.[1] ?? '';
	return `sha256-${createHash('sha256').update(script).digest('base64')}`;
}

/** Names a build: whatever changes the shell changes it too, so that devices which keep the program fetch a new one. */
function buildName(): string {
	const made = createHash('sha256');
	for (const part of ['./src/app.html', './src/hooks.server.ts', './vite.config.ts'])
		made.update(readFileSync(new URL(part, import.meta.url)));
	return `${version}-${made.digest('hex').slice(0, 12)}`;
}

/** Style attribute of Kit's route announcer. */
const announcerStyle = 'sha256-S8qMpvofolR8Mpjy4kQvEm7m1q8clzU4dfDH0AmvZjo=';

writeCatalogues();

export default defineConfig({
	environments: {
		client: { build: { rolldownOptions: { output: { codeSplitting: { groups: chunkGroups } } } } },
		// Maps name files by numbers of the run, and two builds of one source would differ.
		ssr: { build: { sourcemap: false } },
	},
	plugins: [
		paraglideVitePlugin(paraglide),
		sveltekit({
			adapter: adapter({ precompress: true }),
			// Deterministic, or two builds of one source would differ.
			version: { name: buildName(), pollInterval: 0 },
			// One shell for every address: a device keeps it once (lib/offline).
			paths: { relative: false },
			// Registered by lib/offline, for members only, and never during a first visit.
			serviceWorker: { register: false },
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
