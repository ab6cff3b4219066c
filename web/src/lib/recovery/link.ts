/** What a recovery link carries behind `#`: `recover.<forum>.<account>`. Not a secret. */
export const isRecoveryFragment = (fragment: string): boolean => /^recover\.[^.]+\.[^.]+$/.test(fragment);

/** The address that opens a recovery link on a new device. */
export const recoveryLink = (origin: string, fragment: string): string => `${origin}/sign-in#${fragment}`;
