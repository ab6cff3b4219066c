const USE = /\bm\.([a-z0-9_]+)\(/g;

/** Keys of the messages that a source says. */
export const keysOf = (source: string): string[] => [...source.matchAll(USE)].map((match) => match[1] ?? '');
