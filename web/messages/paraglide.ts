import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { CompilerOptions } from '@inlang/paraglide-js';
import { completed, missingFrom, type Catalogue } from './complete.ts';

/** How messages become functions. */
export const paraglide = {
	project: fileURLToPath(new URL('../project.inlang', import.meta.url)),
	outdir: fileURLToPath(new URL('../src/lib/paraglide', import.meta.url)),
	// The language is kept and switched by lib/display, without a reload.
	strategy: ['globalVariable', 'baseLocale'],
	emitTsDeclarations: true,
	// One module for each message: pages carry only the words they say.
	outputStructure: 'message-modules',
} satisfies CompilerOptions;

/** Writes the complete catalogues that Paraglide compiles, and lists what is not translated yet. */
export function writeCatalogues(): void {
	const english = read('en');
	const arabic = read('ar');
	for (const key of missingFrom(arabic, english)) console.warn(`messages/ar.json lacks "${key}": shown in English`);
	mkdirSync(new URL('../.svelte-kit/messages/', import.meta.url), { recursive: true });
	write('en', english);
	write('ar', completed(arabic, english));
}

function read(locale: string): Catalogue {
	return JSON.parse(readFileSync(new URL(`./${locale}.json`, import.meta.url), 'utf8')) as Catalogue;
}

function write(locale: string, catalogue: Catalogue): void {
	writeFileSync(new URL(`../.svelte-kit/messages/${locale}.json`, import.meta.url), JSON.stringify(catalogue));
}
