import opaqueUrl from './opaque.worker.ts?worker&url';
import verifyUrl from './verify.worker.ts?worker&url';

interface ScriptPolicy {
	createScriptURL(url: string): string;
}
interface TrustedTypes {
	createPolicy(name: string, rules: { createScriptURL(url: string): string }): ScriptPolicy;
}

const urls = { passphrase: opaqueUrl, signatures: verifyUrl };
let policy: ScriptPolicy | undefined;

/** Starts one of our two workers: no other script may become one (Trusted Types). */
export function startWorker(name: keyof typeof urls): Worker {
	const types = (globalThis as { trustedTypes?: TrustedTypes }).trustedTypes;
	policy ??= types?.createPolicy('multaqa-worker', { createScriptURL: onlyOurs });
	const url = urls[name];
	return new Worker(policy?.createScriptURL(url) ?? url, { type: 'module', name });
}

function onlyOurs(url: string): string {
	if (!Object.values(urls).includes(url)) throw new TypeError('not a script of ours');
	return url;
}
