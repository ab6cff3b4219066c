import { isKept, keepFiles, removeOthers } from './keep-files.ts';
import { filesOf, newest, register, registered, takeOver } from './our-worker.ts';
import type { WorkerFiles } from './program-files.ts';
import { keptCode, UnsignedProgram } from './release.ts';
import { holdVersion, ownVersion, versionsInUse } from './versions-in-use.ts';

/** `none`: nothing here yet. `kept`: opens without a line. `unsupported`: this browser keeps no programs. */
export type Keeping = 'unknown' | 'unsupported' | 'none' | 'kept';

/** The program's own copy on this device, and whether there is a newer one. One for each page load. */
export class Program {
	readonly #own = ownVersion();
	#keeping = $state.raw<Keeping>('unknown');
	#steps = $state.raw<{ readonly done: number; readonly total: number } | null>(null);
	#newer = $state.raw<'to-fetch' | 'ready' | 'refused' | null>(null);
	#code = $state.raw<string | null>(null);
	/** Offered, and not as it was signed. */
	#refused: string | null = null;
	#under: Promise<void> | null = null;

	/** Says that this version is in use, and looks again whenever another worker answers. Answers the end of that. */
	watch(): () => void {
		holdVersion(this.#own);
		const watching = new AbortController();
		const look = () => void this.look();
		navigator.serviceWorker?.addEventListener('controllerchange', look, { signal: watching.signal });
		void registered().then((found) => found?.addEventListener('updatefound', look, { signal: watching.signal }));
		look();
		return () => watching.abort();
	}

	get keeping(): Keeping {
		return this.#keeping;
	}

	/** While it is being kept. */
	get steps(): { readonly done: number; readonly total: number } | null {
		return this.#steps;
	}

	/** Another version than this page's: on the server only, or here and a reload away; or not what its publisher signed. */
	get newer(): 'to-fetch' | 'ready' | 'refused' | null {
		return this.#newer;
	}

	/** Of the signed release that is kept and runs here, to be compared; `null` where nobody signed it. */
	get code(): string | null {
		return this.#code;
	}

	/** What is here now. */
	async look(): Promise<void> {
		if (!('serviceWorker' in navigator) || !('caches' in globalThis)) return void (this.#keeping = 'unsupported');
		const registration = await registered();
		const offered = registration && (await offeredBy(registration));
		this.#keeping = registration && (await isKept(this.#own)) ? 'kept' : 'none';
		this.#code = await keptCode(this.#own);
		if (offered && offered.version === this.#refused) this.#newer = 'refused';
		else if (offered && offered.version !== this.#own) this.#newer = (await isKept(offered.version)) ? 'ready' : 'to-fetch';
		else this.#newer = null;
		if (offered?.version === this.#own && this.#keeping === 'kept') await tidy(this.#own);
	}

	/** Fetches what is missing of the newest version. Runs once at a time; ends early with `signal`. */
	keep(signal: AbortSignal): Promise<void> {
		this.#under ??= this.#keep(signal).finally(() => {
			this.#under = null;
			this.#steps = null;
		});
		return this.#under;
	}

	/** Goes over to the newer version. What is written and not kept is lost: ask before. */
	async change(): Promise<void> {
		const waiting = (await registered())?.waiting;
		if (waiting) await takeOver(waiting);
		location.reload();
	}

	async #keep(signal: AbortSignal): Promise<void> {
		const registration = (await registered()) ?? (await this.#register());
		const offered = registration && (await offeredBy(registration));
		if (!offered) return;
		try {
			// One tab at a time: the next finds it done.
			await navigator.locks.request('keeping', { signal }, async () => {
				if (await isKept(offered.version)) return;
				await keepFiles(offered, signal, (done, total) => (this.#steps = { done, total }));
			});
		} catch (error) {
			if (error instanceof UnsignedProgram) this.#refused = offered.version;
			// A file that the server does not have any more: there is a newer version.
			else if (!signal.aborted && navigator.onLine) await registration.update().catch(() => undefined);
			throw error;
		} finally {
			await this.look();
		}
	}

	async #register(): Promise<ServiceWorkerRegistration | null> {
		try {
			return await register();
		} catch {
			this.#keeping = 'unsupported';
			return null;
		}
	}
}

async function offeredBy(registration: ServiceWorkerRegistration): Promise<WorkerFiles | null> {
	const worker = newest(registration);
	return worker && (await filesOf(worker).catch(() => null));
}

async function tidy(own: string): Promise<void> {
	await removeOthers(new Set([own, ...(await versionsInUse())]));
}
