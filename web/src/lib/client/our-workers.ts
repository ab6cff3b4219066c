import cleanUrl from './clean.worker.ts?worker&url';
import exchangeUrl from './exchange.worker.ts?worker&url';
import opaqueUrl from './opaque.worker.ts?worker&url';
import verifyUrl from './verify.worker.ts?worker&url';

interface ScriptPolicy {
	createScriptURL(url: string): string;
}
interface TrustedTypes {
	createPolicy(name: string, rules: { createScriptURL(url: string): string }): ScriptPolicy;
}

const urls = { passphrase: opaqueUrl, signatures: verifyUrl, files: cleanUrl, documents: exchangeUrl };
/** What keeps the program on this device (lib/offline). Its name never changes: browsers look there for a newer one. */
const SERVICE_WORKER = '/service-worker.js';
const ours: readonly string[] = [...Object.values(urls), SERVICE_WORKER];
let policy: ScriptPolicy | undefined;

/** Starts one of our workers: no other script may become one (Trusted Types). */
export function startWorker(name: keyof typeof urls): Worker {
	return new Worker(trusted(urls[name]), { type: 'module', name });
}

/** The address of our service worker, as the browser wants it: to it alone, or it refuses. */
export const serviceWorkerUrl = (): string => trusted(SERVICE_WORKER);

function trusted(url: string): string {
	const types = (globalThis as { trustedTypes?: TrustedTypes }).trustedTypes;
	policy ??= types?.createPolicy('multaqa-worker', { createScriptURL: onlyOurs });
	return policy?.createScriptURL(url) ?? url;
}

function onlyOurs(url: string): string {
	if (!ours.includes(url)) throw new TypeError('not a script of ours');
	return url;
}
