import ArrowDown from '@lucide/svelte/icons/arrow-down';
import ArrowUp from '@lucide/svelte/icons/arrow-up';
import CornerDownLeft from '@lucide/svelte/icons/corner-down-left';
import Heading from '@lucide/svelte/icons/heading';
import ListItem from '@lucide/svelte/icons/list';
import Plus from '@lucide/svelte/icons/plus';
import Superscript from '@lucide/svelte/icons/superscript';
import Text from '@lucide/svelte/icons/text';
import Trash2 from '@lucide/svelte/icons/trash-2';
import type { Editing } from '@multaqa/shared/documents/live/editing';
import type { LivePair } from '@multaqa/shared/documents/live/text';
import { LEVELS, type Bilingual, type Level, type PairKind } from '@multaqa/shared/documents/pair';
import { oneMore, type Template } from '@multaqa/shared/documents/templates/template';
import type { Language } from '../display/languages.ts';
import type { Format } from '../i18n/format.ts';
import { m } from '../paraglide/messages.js';
import type { MenuChoice } from '../ui/menu-choice.ts';
import { newPairId } from './session.ts';
import { inLanguage, kindText } from './texts.ts';

const icons = { heading: Heading, paragraph: Text, item: ListItem, footnote: Superscript } as const;
const KINDS: readonly (readonly [kind: Exclude<PairKind, 'title'>, levels: readonly Level[]])[] = [
	['paragraph', [1]],
	['heading', LEVELS],
	['item', LEVELS],
	['footnote', [1]],
];

/** What a pair's menu needs of its surroundings. */
export interface PairMenu {
	readonly editing: Editing;
	readonly template: Template | null;
	/** The reader's. */
	readonly language: Language;
	readonly format: Format;
	/** Gives the keyboard to a pair once it is there. */
	readonly goTo: (id: string | undefined) => void;
}

/** Everything that can be done to a pair beside writing in it. */
export function choicesFor(pair: LivePair, { editing, template, language, format, goTo }: PairMenu): readonly MenuChoice[] {
	const empty = { kind: 'paragraph', level: 1, ar: '', en: '', translation: null } as const;
	const isTitle = pair.kind === 'title';
	const blocks = Object.entries(template?.blocks ?? {});
	return [
		{ text: m.pair_add(), icon: Plus, act: () => goTo(editing.add([empty], pair.id)[0]) },
		...blocks.map(([block, name]) => ({
			text: m.pair_add_block({ block: inLanguage(name, language) }),
			icon: CornerDownLeft,
			act: () => goTo(editing.add(blockOf(template, block), pair.id)[0]),
		})),
		...(isTitle ? [] : kindChoices(pair, editing, format)),
		...(isTitle
			? []
			: [
					{ text: m.pair_up(), icon: ArrowUp, act: () => moved(editing, pair.id, -1, goTo), apart: true },
					{ text: m.pair_down(), icon: ArrowDown, act: () => moved(editing, pair.id, 1, goTo) },
					{ text: m.pair_remove(), icon: Trash2, act: () => editing.remove(pair.id), danger: true, apart: true },
				]),
	];
}

function moved(editing: Editing, id: string, by: -1 | 1, goTo: PairMenu['goTo']): void {
	editing.move(id, by);
	goTo(id);
}

function kindChoices({ id, kind: here, level: at }: LivePair, editing: Editing, format: Format): readonly MenuChoice[] {
	return KINDS.flatMap(([kind, levels]) =>
		levels.map((level, place) => ({
			text: levels.length === 1 ? kindText(kind) : m.pair_kind_level({ kind: kindText(kind), level: format.number(level) }),
			icon: icons[kind],
			act: () => editing.setKind(id, kind, level),
			chosen: kind === here && level === at,
			apart: kind === 'paragraph' && place === 0,
		})),
	);
}

/** One more of a block, each pair with what belongs there. */
function blockOf(template: Template | null, block: string) {
	if (!template) return [];
	const parts = template.parts.flatMap(({ blocks }, part) => (blocks.includes(block) ? [part] : []));
	return oneMore(template, block, newPairId).map((pair, place) => ({ ...pair, part: parts[place] ?? null }));
}

/** What belongs into a pair, while nothing is written. */
export function hintOf(template: Template | null, { part }: LivePair): Bilingual | null {
	const hint = part === null ? undefined : template?.parts[part]?.hint;
	return hint && hint.ar !== '' ? hint : null;
}
