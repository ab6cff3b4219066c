const ISOLATE = '\u2068';
const END = '\u2069';

/** Somebody's words in the middle of ours keep their own direction. */
export const isolated = (text: string): string => ISOLATE + text + END;
