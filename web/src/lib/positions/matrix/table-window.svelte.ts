/** Tables up to here are drawn whole, so that finding words in the page finds all of them. */
const [WHOLE_ROWS, WHOLE_COLUMNS] = [40, 12];
/** So many rows and columns are drawn before and after what is on the screen. */
const [ROWS_AROUND, COLUMNS_AROUND] = [3, 1];
/** A row and a column before one was measured, and a screen, in pixels. */
const [USUAL_ROW, USUAL_COLUMN, SCREEN] = [76, 172, 900];

/** From one place to another, the last not among them. */
interface Range {
	readonly from: number;
	readonly to: number;
}

/** Which rows and columns of a large table are drawn: all are equally large, so that the rest is a distance. */
export class TableWindow {
	readonly #rows: () => number;
	readonly #columns: () => number;
	#row = $state(USUAL_ROW);
	#column = $state(USUAL_COLUMN);
	/** What is on the screen, in rows and columns. */
	#down = $state.raw<Range>({ from: 0, to: SCREEN / USUAL_ROW });
	#across = $state.raw<Range>({ from: 0, to: SCREEN / USUAL_COLUMN });
	readonly #drawnRows = $derived.by(() => around(this.#down, this.#rows(), WHOLE_ROWS, ROWS_AROUND));
	readonly #drawnColumns = $derived.by(() => around(this.#across, this.#columns(), WHOLE_COLUMNS, COLUMNS_AROUND));

	constructor(rows: () => number, columns: () => number) {
		this.#rows = rows;
		this.#columns = columns;
	}

	get rows(): Range {
		return this.#drawnRows;
	}

	get columns(): Range {
		return this.#drawnColumns;
	}

	/** Follows what scrolls; for `{@attach}`. */
	readonly scrolls = (pane: HTMLElement): (() => void) => {
		const look = () => {
			this.#row = pane.querySelector<HTMLElement>('tbody tr[data-row]')?.offsetHeight || this.#row;
			this.#column = pane.querySelector<HTMLElement>('thead th[data-column]')?.offsetWidth || this.#column;
			this.#down = moved(this.#down, pane.scrollTop, pane.clientHeight, this.#row);
			this.#across = moved(this.#across, Math.abs(pane.scrollLeft), pane.clientWidth, this.#column);
		};
		look();
		pane.addEventListener('scroll', look, { passive: true });
		const sizes = new ResizeObserver(look);
		sizes.observe(pane);
		return () => {
			pane.removeEventListener('scroll', look);
			sizes.disconnect();
		};
	};

	/** A place that stands for so many rows; for `{@attach}`. */
	readonly high =
		(rows: number) =>
		(cell: HTMLElement): void => {
			cell.style.blockSize = `${rows * this.#row}px`;
		};

	/** A place that stands for so many columns; for `{@attach}`. */
	readonly broad =
		(columns: number) =>
		(cell: HTMLElement): void => {
			cell.style.minInlineSize = `${columns * this.#column}px`;
		};
}

/** The same range as before when the same is on the screen. */
function moved(before: Range, offset: number, size: number, unit: number): Range {
	const [from, to] = [Math.floor(offset / unit), Math.ceil((offset + (size || SCREEN)) / unit)];
	return before.from === from && before.to === to ? before : { from, to };
}

function around({ from, to }: Range, count: number, whole: number, more: number): Range {
	if (count <= whole) return { from: 0, to: count };
	return { from: Math.max(0, Math.min(from - more, count)), to: Math.max(0, Math.min(count, Math.ceil(to) + more)) };
}
