/**
 * When a lost line is opened again. After a restart of the server everybody loses it at the same moment: the first try
 * comes anywhere within four seconds, the second within eight, so that a thousand clients do not knock together; later
 * ones after ten at most, so that nobody waits long after a tunnel.
 */
export const RECONNECTION = { reconnectionDelay: 2_000, reconnectionDelayMax: 10_000, randomizationFactor: 1 } as const;
