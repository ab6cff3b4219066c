/** How long something stands on the screen until it counts as read, in milliseconds. */
export const MOMENT = 800;
/** And until it counts as passed on the way. */
export const GLANCE = 200;
/** As much of a post, or of the screen, has to be seen. */
const MOST = 0.6;
const THRESHOLDS = Array.from({ length: 51 }, (_, step) => step / 50);

/** Tells what a person has had before their eyes for a moment, while the page was in front. */
export class Attention {
	readonly #looked: (id: string, look: 'read' | 'passed') => void;
	readonly #observer: IntersectionObserver;
	readonly #ids = new WeakMap<Element, string>();
	/** What is on the screen now, and since when it is being looked at. */
	readonly #looking = new Map<string, ReturnType<typeof setTimeout> | null>();

	constructor(looked: (id: string, look: 'read' | 'passed') => void) {
		this.#looked = looked;
		this.#observer = new IntersectionObserver((entries) => entries.forEach((entry) => this.#noticed(entry)), { threshold: THRESHOLDS });
		document.addEventListener('visibilitychange', this.#turned);
	}

	/** Watches an element until the answer is called. */
	watch(element: Element, id: string): () => void {
		this.#ids.set(element, id);
		this.#observer.observe(element);
		return () => {
			this.#observer.unobserve(element);
			this.#away(id);
		};
	}

	stop(): void {
		this.#observer.disconnect();
		document.removeEventListener('visibilitychange', this.#turned);
		for (const id of this.#looking.keys()) this.#away(id);
	}

	#noticed({ target, intersectionRatio, intersectionRect, rootBounds }: IntersectionObserverEntry): void {
		const id = this.#ids.get(target);
		if (id === undefined) return;
		const screen = rootBounds?.height ?? innerHeight;
		const isSeen = intersectionRatio >= MOST || intersectionRect.height >= screen * MOST;
		if (!isSeen) this.#away(id);
		else if (!this.#looking.has(id)) this.#looking.set(id, this.#timer(id));
	}

	#away(id: string): void {
		clearTimeout(this.#looking.get(id) ?? undefined);
		this.#looking.delete(id);
	}

	#timer(id: string): ReturnType<typeof setTimeout> | null {
		if (document.visibilityState !== 'visible') return null;
		return setTimeout(() => {
			this.#looked(id, 'passed');
			this.#looking.set(
				id,
				setTimeout(() => this.#looked(id, 'read'), MOMENT - GLANCE),
			);
		}, GLANCE);
	}

	/** A moment begins anew when the page comes back to the front. */
	#turned = (): void => {
		for (const [id, timer] of this.#looking) {
			clearTimeout(timer ?? undefined);
			this.#looking.set(id, this.#timer(id));
		}
	};
}
