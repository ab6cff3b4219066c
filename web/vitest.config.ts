import { paraglideVitePlugin } from '@inlang/paraglide-js';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { playwright } from '@vitest/browser-playwright';
import { defineProject } from 'vitest/config';
import { chromiumArguments, requireChromium } from '../.config/chromium.ts';
import { paraglide, writeCatalogues } from './messages/paraglide.ts';

writeCatalogues();

/** In a real browser: IndexedDB, Web Locks, workers and Intl are what the page has, not what imitates it. */
export default defineProject({
	plugins: [paraglideVitePlugin(paraglide), svelte({ configFile: false })],
	optimizeDeps: {
		entries: ['src/**/*.test.ts'],
		// Named beforehand: a dependency found in the middle of a run would reload the page under the tests.
		include: [
			'@lucide/svelte/icons/circle-alert',
			'@lucide/svelte/icons/circle-check',
			'@lucide/svelte/icons/clock',
			'@lucide/svelte/icons/download',
			'@lucide/svelte/icons/file-input',
			'@lucide/svelte/icons/info',
			'@lucide/svelte/icons/x',
			'@tanstack/virtual-core',
			'bidi-js',
			'diff',
			'fflate',
			'htmlparser2',
			'libxml2-wasm',
			'@noble/curves/ed25519.js',
			'@noble/hashes/sha2.js',
			'@noble/hashes/utils.js',
			'@serenity-kit/opaque',
			'@simplewebauthn/browser',
			'cborg',
			'idb',
			'valibot',
			'@scure/base',
		],
	},
	test: {
		name: 'web',
		include: ['src/**/*.test.ts'],
		browser: {
			enabled: true,
			headless: true,
			screenshotFailures: false,
			provider: playwright({ launchOptions: { executablePath: requireChromium(), args: [...chromiumArguments] } }),
			instances: [{ browser: 'chromium' }],
		},
	},
});
