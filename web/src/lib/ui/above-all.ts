import { getContext, setContext, type Snippet } from 'svelte';

const KEY = Symbol('above all');

/** What has to be at hand above every dialog, as the page under one is not: the way out. */
export const provideAboveAll = (snippet: Snippet): Snippet => setContext(KEY, snippet);

/** Nothing where there is no page around, as in tests of one component. */
export const useAboveAll = (): Snippet | undefined => getContext(KEY);
