import { existsSync } from 'node:fs';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { playwright } from '@vitest/browser-playwright';
import { defineConfig, type TestProjectInlineConfiguration } from 'vitest/config';
import { chromiumArguments, requireChromium } from './chromium.ts';

const chromium = playwright({ launchOptions: { executablePath: requireChromium(), args: chromiumArguments } });

/** How long a test waits for what comes by itself: a crowded machine is slow, and nobody waits for what is there. */
const patient = { poll: { timeout: 20_000 } };

const setupFiles = ['shared/src/testing/same-seed.ts'];

const inNode = (name: string): TestProjectInlineConfiguration => ({
	test: { name, environment: 'node', include: [`${name}/src/**/*.test.ts`], setupFiles },
});

/** What the two runtimes must agree about is tested in both (promise G9). */
const sharedInBrowser: TestProjectInlineConfiguration = {
	// Named beforehand: a dependency found in the middle of a run would reload the page under the tests.
	optimizeDeps: {
		entries: ['shared/src/**/*.ts', '!shared/src/**/*.node.test.ts'],
		include: ['fast-check'],
	},
	test: {
		name: 'shared-browser',
		include: ['shared/src/**/*.test.ts'],
		// These ask programs of the system, or a library that runs in Node alone, whether we are right.
		exclude: ['shared/src/**/*.node.test.ts'],
		setupFiles,
		browser: {
			enabled: true,
			headless: true,
			screenshotFailures: false,
			provider: chromium,
			instances: [{ browser: 'chromium' }],
		},
	},
};

/** `web` may bring its own configuration, which knows its aliases and compiled messages. */
const web: TestProjectInlineConfiguration | string = existsSync(new URL('../web/vitest.config.ts', import.meta.url))
	? './web/vitest.config.ts'
	: {
			plugins: [svelte()],
			resolve: { conditions: ['browser'] },
			test: { name: 'web', environment: 'happy-dom', include: ['web/src/**/*.test.ts'] },
		};

/** The built pages against the real server: two at a time, since a story mostly waits (for an undo, for a poll). */
const endToEnd: TestProjectInlineConfiguration = {
	test: {
		name: 'e2e',
		environment: 'node',
		include: ['web/e2e/**/*.e2e.ts'],
		testTimeout: 180_000,
		hookTimeout: 180_000,
		expect: patient,
		maxWorkers: 2,
	},
};

/** Every reader of hostile bytes, for a minute; a few seconds of it are among the tests of `shared`. */
const fuzz: TestProjectInlineConfiguration = {
	test: { name: 'fuzz', environment: 'node', include: ['shared/src/**/*.long.ts'] },
};

/** Servers that are killed, starved and cut off, one after another: each has the machine for itself. */
const faults: TestProjectInlineConfiguration = {
	test: {
		name: 'faults',
		environment: 'node',
		include: ['server/faults/**/*.fault.ts'],
		testTimeout: 600_000,
		hookTimeout: 60_000,
		expect: patient,
		fileParallelism: false,
	},
};

export default defineConfig({
	test: {
		projects: [inNode('shared'), sharedInBrowser, inNode('db'), inNode('server'), web, fuzz, faults, endToEnd],
		passWithNoTests: true,
	},
});
