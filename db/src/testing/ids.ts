import { randomBytes } from 'node:crypto';

/** A fresh id of 32 bytes (or `length`), of whatever kind is asked for. */
export const freshId = <T extends string>(length = 32): T => randomBytes(length).toString('base64url') as T;
