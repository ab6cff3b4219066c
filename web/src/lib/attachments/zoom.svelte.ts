const MOST = 6;
const STEP = 1.5;
/** So far a finger goes, in pixels, before it meant the next picture. */
const SWIPE = 60;

/** How large a picture is shown, and what fingers and wheel do to it. */
export class Zoom {
	#scale = $state(1);
	readonly #fingers = new Map<number, { x: number; y: number }>();
	#start: { x: number; y: number } | null = null;
	#apart = 0;
	#pinched = false;

	get scale(): number {
		return this.#scale;
	}

	get isWhole(): boolean {
		return this.#scale === 1;
	}

	in = (): void => this.#set(this.#scale * STEP);
	out = (): void => this.#set(this.#scale / STEP);

	reset(): void {
		this.#scale = 1;
		this.#fingers.clear();
		this.#start = null;
	}

	wheel(event: WheelEvent): void {
		event.preventDefault();
		this.#set(this.#scale * Math.exp(-event.deltaY / 400));
	}

	down({ pointerId, clientX, clientY }: PointerEvent): void {
		this.#fingers.set(pointerId, { x: clientX, y: clientY });
		this.#start = this.#fingers.size === 1 ? { x: clientX, y: clientY } : null;
		this.#pinched = this.#fingers.size > 1;
		this.#apart = this.#distance();
	}

	move({ pointerId, clientX, clientY }: PointerEvent): void {
		if (!this.#fingers.has(pointerId)) return;
		this.#fingers.set(pointerId, { x: clientX, y: clientY });
		const apart = this.#distance();
		if (apart === 0 || this.#apart === 0) return;
		this.#set((this.#scale * apart) / this.#apart);
		this.#apart = apart;
	}

	/** Answers which way a finger swiped over the whole picture: -1 to the left, 1 to the right, 0 for neither. */
	up({ pointerId, clientX, clientY, type }: PointerEvent): -1 | 0 | 1 {
		const start = this.#start;
		this.#fingers.delete(pointerId);
		this.#start = null;
		this.#apart = this.#distance();
		if (!start || this.#pinched || !this.isWhole || type === 'pointercancel') return 0;
		const [across, down] = [clientX - start.x, clientY - start.y];
		if (Math.abs(across) < SWIPE || Math.abs(across) < 2 * Math.abs(down)) return 0;
		return across < 0 ? -1 : 1;
	}

	#distance(): number {
		const [one, other] = [...this.#fingers.values()];
		return one && other ? Math.hypot(one.x - other.x, one.y - other.y) : 0;
	}

	#set(scale: number): void {
		this.#scale = Math.min(MOST, Math.max(1, scale));
	}
}
