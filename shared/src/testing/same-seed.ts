import * as fc from 'fast-check';

/**
 * Setup of every test file: properties begin where they began for everybody, so that what passed here passes there.
 * `FUZZ_SEED` looks elsewhere (in Node).
 */
fc.configureGlobal({ seed: Number(globalThis.process?.env['FUZZ_SEED'] ?? 20_261_122) });
