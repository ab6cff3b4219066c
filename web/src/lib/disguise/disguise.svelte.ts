/** How the forum looks from outside on this device. `app.html` reads the same entry before the first paint. */
export interface Disguise {
	readonly look: string;
	readonly name: string;
	/** The name was chosen by the person; otherwise it goes with look and language. */
	readonly own: boolean;
	/** A picture as a `data:` address. */
	readonly icon: string;
}

const KEY = 'disguise';
const OWN_ICON = 'link[rel="icon"]';

let worn = $state.raw<Disguise | null>(readWorn());
const plainIcon = globalThis.document?.querySelector<HTMLLinkElement>(OWN_ICON)?.href ?? '';
// What one tab puts on, all wear.
globalThis.addEventListener?.('storage', ({ key }: StorageEvent) => {
	if (key === KEY || key === null) show(readWorn());
});

/** What is worn now; `null`: the forum looks like itself. */
export const disguise = (): Disguise | null => worn;

/** Title of the document: of this kind of page, or only the disguise's name. Every title goes through here. */
export const tabTitle = (plain: string): string => worn?.name ?? plain;

/** Puts a disguise on, or takes it off. Kept in clear on this device alone: it has to hold before anything is unlocked. */
export function wear(next: Disguise | null, storage: Storage = localStorage): void {
	try {
		if (next) storage.setItem(KEY, JSON.stringify(next));
		else storage.removeItem(KEY);
	} catch {
		// A full or forbidden storage only means that the disguise ends with this page.
	}
	show(next);
}

function show(next: Disguise | null): void {
	worn = next;
	const icon = document.querySelector<HTMLLinkElement>(OWN_ICON);
	if (icon) icon.href = next?.icon ?? plainIcon;
}

function readWorn(): Disguise | null {
	try {
		const kept = JSON.parse(globalThis.localStorage?.getItem(KEY) ?? 'null') as Record<string, unknown> | null;
		const { look, name, own, icon } = kept ?? {};
		if (typeof look !== 'string' || typeof name !== 'string' || typeof icon !== 'string') return null;
		return name && icon.startsWith('data:image/') ? { look, name, own: own === true, icon } : null;
	} catch {
		return null;
	}
}
