import { latinKey } from './pressed.ts';
import { singleKeysOn } from './single-keys.svelte.ts';
import { isTyping } from './typing.ts';

/** The key that was pressed alone, as on a Latin layout; `null` where it belongs to a field, or single keys do nothing. */
export const keyAlone = (event: KeyboardEvent): string | null => (isTyping(event) || !singleKeysOn() ? null : latinKey(event));
