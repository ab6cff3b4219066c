import { holds, line, type Figure } from './figure.ts';

/** Tells figures as they come, and counts. What breaks is told and counted, and the others are measured all the same. */
export interface Telling {
	readonly tell: (...figures: readonly Figure[]) => void;
	readonly tellOf: (what: string, part: () => Promise<readonly Figure[]>) => Promise<void>;
	/** Says what did not hold; answers the code to end with. */
	conclude(): number;
}

export function startTelling(): Telling {
	let [missed, broken] = [0, 0];
	const tell = (...figures: readonly Figure[]) => {
		missed += figures.filter((figure) => !holds(figure)).length;
		for (const figure of figures) console.log(line(figure));
	};
	return {
		tell,
		async tellOf(what, part) {
			try {
				tell(...(await part()));
			} catch (error) {
				broken += 1;
				console.error(`${what} broke`, error);
			}
		},
		conclude() {
			if (broken > 0) console.log(`${broken} parts broke.`);
			console.log(missed === 0 ? 'Every limit holds.' : `${missed} limits do not hold.`);
			return missed === 0 && broken === 0 ? 0 : 1;
		},
	};
}
