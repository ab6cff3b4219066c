import { tagAt } from './sfnt.ts';
import { offsetsAt } from './tables.ts';

/** A rule of GSUB or GPOS: its kind, what it passes over, and where its parts are. */
export interface Lookup {
	readonly kind: number;
	readonly flags: number;
	readonly parts: readonly number[];
}

/** GSUB or GPOS, as far as our typefaces use them: one script's default language, no variations. */
export interface Layout {
	readonly view: DataView;
	readonly lookups: readonly Lookup[];
	/** The rules of a feature, in their order. */
	readonly features: ReadonlyMap<string, readonly number[]>;
}

/** Scripts in the order in which they are looked for: a typeface of ours is of one of them. */
const SCRIPTS = ['arab', 'latn', 'DFLT'];

/** @param extension the kind of lookup that only says where another one is (7 in GSUB, 9 in GPOS) */
export function layoutOf(view: DataView | undefined, extension: 7 | 9): Layout | null {
	if (!view) return null;
	const lookups = offsetsAt(view, view.getUint16(8), view.getUint16(8)).map((at) => lookupAt(view, at, extension));
	return { view, lookups, features: featuresOf(view) };
}

function lookupAt(view: DataView, at: number, extension: number): Lookup {
	const [kind, flags, parts] = [view.getUint16(at), view.getUint16(at + 2), offsetsAt(view, at, at + 4)];
	const [first] = parts;
	if (kind !== extension || first === undefined) return { kind, flags, parts };
	return { kind: view.getUint16(first + 2), flags, parts: parts.map((part) => part + view.getUint32(part + 4)) };
}

function featuresOf(view: DataView): ReadonlyMap<string, readonly number[]> {
	const scripts = view.getUint16(4);
	const records = recordsAt(view, scripts, scripts);
	const script = SCRIPTS.map((tag) => records.find((record) => record.tag === tag)).find((found) => found !== undefined);
	const language = script && view.getUint16(script.at) > 0 ? script.at + view.getUint16(script.at) : null;
	if (language === null) return new Map();
	const all = recordsAt(view, view.getUint16(6), view.getUint16(6));
	const features = new Map<string, readonly number[]>();
	for (let place = 0; place < view.getUint16(language + 4); place++) {
		const feature = all[view.getUint16(language + 6 + place * 2)];
		if (!feature) continue;
		const rules = Array.from({ length: view.getUint16(feature.at + 2) }, (_, step) => view.getUint16(feature.at + 4 + step * 2));
		features.set(
			feature.tag,
			[...(features.get(feature.tag) ?? []), ...rules].sort((one, other) => one - other),
		);
	}
	return features;
}

/** A list of tags, each with where its table is. */
function recordsAt(view: DataView, table: number, at: number): readonly { readonly tag: string; readonly at: number }[] {
	const count = view.getUint16(at);
	return Array.from({ length: count }, (_, place) => {
		const record = at + 2 + place * 6;
		return { tag: tagAt(view, record), at: table + view.getUint16(record + 4) };
	});
}
