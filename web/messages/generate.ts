import { compile } from '@inlang/paraglide-js';
import { paraglide, writeCatalogues } from './paraglide.ts';

// For checks and tests before anything was built.
writeCatalogues();
await compile(paraglide);
