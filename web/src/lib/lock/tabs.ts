/** `active`: somebody uses the forum. `lock`: all lock. `erased`: there is nothing of the account here any more. */
export type TabNews = 'active' | 'lock' | 'erased';

const NEWS: readonly unknown[] = ['active', 'lock', 'erased'] satisfies TabNews[];
const CHANNEL = 'multaqa:lock';
/** A tab does not listen to itself. */
const self = Math.random();

/** Tells the other tabs of this browser. */
export function tellTabs(news: TabNews): void {
	const channel = new BroadcastChannel(CHANNEL);
	channel.postMessage({ news, from: self });
	channel.close();
}

/** Hears what other tabs tell; answers the function that stops it. */
export function hearTabs(listener: (news: TabNews) => void): () => void {
	const channel = new BroadcastChannel(CHANNEL);
	channel.addEventListener('message', ({ data }: MessageEvent<{ news: TabNews; from: number }>) => {
		if (data.from !== self && NEWS.includes(data.news)) listener(data.news);
	});
	return () => channel.close();
}

/** The account was erased in another tab: what this one still has of it in memory goes with the page. */
export const beginAnew = (): void => location.replace('/sign-in');
