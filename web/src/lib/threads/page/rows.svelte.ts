import {
	defaultRangeExtractor,
	observeWindowOffset,
	observeWindowRect,
	Virtualizer,
	windowScroll,
	type VirtualItem,
} from '@tanstack/virtual-core';
import { flushSync, tick, untrack } from 'svelte';
import { whenIdle } from '../when-idle.ts';

/** Lists up to here are drawn whole, so that finding words in the page finds all of them. */
const WHOLE = 80;
/** So many posts are drawn before and after what is on the screen. */
const AROUND = 8;
/** And so many as the list opens: what is on the screen comes first, the others a few at a time. */
const FIRST = 1;
const MORE = 2;
/** A post of which nothing is known yet, in pixels. */
const USUAL = 180;
const STEADY = 3;
const PATIENCE = 60;

/** The posts that are drawn of a long list: those near the screen, and those that must not be lost. */
export class Rows {
	readonly #keys: () => readonly string[];
	readonly #kept: () => ReadonlySet<string>;
	readonly #places = $derived.by(() => new Map(this.#keys().map((key, place) => [key, place])));
	#changes = $state(0);
	/** Nothing is drawn before it is known where the reader begins: it would be drawn for nobody. */
	#begun = $state(false);
	#around = FIRST;
	#drawing = false;
	#list: HTMLElement | null = null;
	#going = 0;
	readonly #virtualizer: Virtualizer<Window, HTMLElement>;

	/**
	 * @param keys ids of all posts, in order
	 * @param kept ids that stay drawn wherever the reader is: where the keyboard is, or something is written
	 */
	constructor(keys: () => readonly string[], kept: () => ReadonlySet<string>) {
		this.#keys = keys;
		this.#kept = kept;
		this.#virtualizer = new Virtualizer(this.#options([]));
	}

	get drawn(): readonly VirtualItem[] {
		void this.#changes;
		if (!this.#begun) return [];
		const { length } = this.#keys();
		return this.#virtualizer.getVirtualItems().filter(({ index }) => index < length);
	}

	/** Height of the whole list. */
	get height(): number {
		void this.#changes;
		return this.#virtualizer.getTotalSize();
	}

	/** Where a drawn row begins, from the beginning of the list. */
	offset({ start }: VirtualItem): number {
		void this.#changes;
		return start - this.#virtualizer.options.scrollMargin;
	}

	/** Follows the list: to be called where its posts or what is kept may have changed, before they are drawn. */
	follow(): void {
		const keys = this.#keys();
		void this.#kept();
		untrack(() => this.#set(keys));
	}

	#set(keys: readonly string[]): void {
		this.#virtualizer.setOptions(this.#options(keys));
		this.#virtualizer._willUpdate();
		this.#changes++;
	}

	/** For the list element. */
	attach = (list: HTMLElement): (() => void) => {
		this.#list = list;
		this.#settleMargin();
		const stop = this.#virtualizer._didMount();
		this.#virtualizer._willUpdate();
		untrack(() => this.#changes++);
		const above = new ResizeObserver(() => this.#settleMargin());
		above.observe(document.body);
		return () => {
			this.#going++;
			above.disconnect();
			stop?.();
			this.#list = null;
		};
	};

	/** For each drawn row: its height is learned, and followed. */
	measure = (row: HTMLElement): void => {
		this.#drawing = true;
		this.#virtualizer.measureElement(row);
		this.#drawing = false;
	};

	/** The element of a row, if it is drawn. */
	element(key: string): HTMLElement | null {
		const index = this.#places.get(key);
		return index === undefined ? null : (this.#list?.querySelector<HTMLElement>(`:scope > [data-index="${index}"]`) ?? null);
	}

	/** Draws from now on, and where the reader begins first, if that is not on the first screen; answers whether it is far. */
	async begin(place: { readonly post: string; readonly top: number } | null): Promise<boolean> {
		const distance = place && this.#distance(place.post, place.top);
		const isFar = distance !== null && distance > innerHeight;
		if (isFar) {
			scrollBy({ top: distance, behavior: 'instant' });
			this.#virtualizer.scrollOffset = scrollY;
		}
		this.#begun = true;
		await tick();
		whenIdle(this.#widen);
		return isFar;
	}

	#widen = (): void => {
		if (!this.#list) return;
		this.#around = Math.min(this.#around + MORE, AROUND);
		this.#set(this.#keys());
		if (this.#around < AROUND) whenIdle(this.#widen);
	};

	/** Brings a row to `top` pixels below the top of the screen, and keeps it there until what is around it has its height. */
	async bring(key: string, top: number): Promise<void> {
		const turn = ++this.#going;
		let steady = 0;
		const stop = this.#whenReaderMoves(() => this.#going++);
		for (let frame = 0; frame < PATIENCE && steady < STEADY && turn === this.#going; frame++) {
			const distance = this.#distance(key, top);
			if (distance === null) break;
			const before = scrollY;
			if (Math.abs(distance) > 0.5) scrollBy({ top: distance, behavior: 'instant' });
			steady = scrollY === before && this.element(key) && this.#around === AROUND ? steady + 1 : 0;
			await new Promise((resolve) => requestAnimationFrame(resolve));
		}
		stop();
	}

	#distance(key: string, top: number): number | null {
		const drawn = this.element(key);
		if (drawn) return drawn.getBoundingClientRect().top - top;
		const index = this.#places.get(key);
		const place = index === undefined ? undefined : this.#virtualizer.getOffsetForIndex(index, 'start')?.[0];
		return place === undefined ? null : place - scrollY - top;
	}

	/** Whoever scrolls is not pulled back. */
	#whenReaderMoves(stop: () => void): () => void {
		const events = ['wheel', 'touchmove', 'keydown', 'pointerdown'] as const;
		for (const name of events) addEventListener(name, stop, { passive: true, capture: true });
		return () => {
			for (const name of events) removeEventListener(name, stop, { capture: true });
		};
	}

	/** What stands above the list may grow or shrink. */
	#settleMargin(): void {
		if (!this.#list) return;
		const margin = this.#list.getBoundingClientRect().top + scrollY;
		const change = margin - this.#virtualizer.options.scrollMargin;
		if (Math.abs(change) < 1) return;
		this.#virtualizer.setOptions({ ...this.#virtualizer.options, scrollMargin: margin });
		untrack(() => this.#changes++);
	}

	#options(keys: readonly string[]): ConstructorParameters<typeof Virtualizer<Window, HTMLElement>>[0] {
		const kept = [...this.#kept()].flatMap((key) => this.#places.get(key) ?? []);
		const { length } = keys;
		return {
			count: length,
			getItemKey: (index) => keys[index] ?? index,
			estimateSize: () => USUAL,
			overscan: length <= WHOLE ? WHOLE : this.#around,
			scrollMargin: this.#virtualizer?.options.scrollMargin ?? 0,
			getScrollElement: () => window,
			observeElementRect: observeWindowRect,
			observeElementOffset: observeWindowOffset,
			scrollToFn: windowScroll,
			initialOffset: () => scrollY,
			rangeExtractor: (range) => [...new Set([...defaultRangeExtractor(range), ...kept])].toSorted((a, b) => a - b),
			onChange: (virtualizer, atOnce) => {
				virtualizer._willUpdate();
				untrack(() => this.#changes++);
				// Rows and the place of the page have to change in one frame.
				if (atOnce && !this.#drawing) flushSync();
			},
		};
	}
}
