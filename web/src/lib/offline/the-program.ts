import { Program } from './program.svelte.ts';
import { Saving } from '../display/saving.svelte.ts';

/** The one copy of this page load, and how much it may fetch. Loaded when the first screen stands, not before. */
export const program = new Program();
export const saving = new Saving();
