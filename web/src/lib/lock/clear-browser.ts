const DATABASE = 'multaqa';
/** Language and theme say nothing about anybody. */
const HARMLESS = 'display';
/** A database that another program holds open must not keep the rest from going. */
const PATIENCE = 3000;

/** After the account was erased: nothing tells that there was one. How the page looks stays. */
export async function forgetAccount(): Promise<void> {
	sessionStorage.clear();
	for (const key of Object.keys(localStorage)) if (key !== HARMLESS) localStorage.removeItem(key);
	// Only members have the program kept.
	await soon(clearCaches(), endWorkers());
}

/** Empties everything that this browser keeps for the forum, as far as a page can. Nothing that fails stops the rest. */
export async function clearBrowser(): Promise<void> {
	for (const storage of [localStorage, sessionStorage]) storage.clear();
	clearCookies();
	await soon(clearCaches(), endWorkers(), removeDatabases());
}

function soon(...work: Promise<void>[]): Promise<unknown> {
	return Promise.race([Promise.allSettled(work), new Promise((resolve) => setTimeout(resolve, PATIENCE))]);
}

/** Those that a script may see; the session's cookie is the server's to remove. */
function clearCookies(): void {
	for (const cookie of document.cookie.split(';')) {
		const name = cookie.split('=')[0]?.trim();
		if (name) document.cookie = `${name}=; path=/; max-age=0`;
	}
}

async function clearCaches(): Promise<void> {
	await Promise.all((await caches.keys()).map((name) => caches.delete(name)));
}

async function endWorkers(): Promise<void> {
	const workers = await navigator.serviceWorker.getRegistrations();
	await Promise.all(workers.map((worker) => worker.unregister()));
}

async function removeDatabases(): Promise<void> {
	const known = await indexedDB.databases();
	await Promise.all([DATABASE, ...known.map(({ name }) => name ?? '')].map(removeDatabase));
}

function removeDatabase(name: string): Promise<void> {
	return new Promise((resolve) => {
		const request = indexedDB.deleteDatabase(name);
		request.addEventListener('success', () => resolve());
		request.addEventListener('error', () => resolve());
	});
}
