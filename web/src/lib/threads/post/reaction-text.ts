import type { Reaction } from '@multaqa/shared/threads/events';
import { m } from '../../paraglide/messages.js';

const texts: Record<Reaction, () => string> = {
	'👍': () => m.reaction_agree(),
	'❤️': () => m.reaction_solidarity(),
	'🙏': () => m.reaction_thanks(),
	'👏': () => m.reaction_well_done(),
	'💡': () => m.reaction_idea(),
	'🤔': () => m.reaction_question(),
	'⚠️': () => m.reaction_caution(),
};

/** What a sign says, for whoever hears it. */
export const reactionText = (emoji: Reaction): string => texts[emoji]();
