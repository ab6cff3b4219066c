import type { OrganisationId } from '@multaqa/shared/bytes/ids';
import type { Client } from '@multaqa/shared/client/types';
import { keptAnswerIn, type KeptAnswer } from '@multaqa/shared/positions/kept-answer';

/** Answers that an organisation's representatives keep for one another, as far as their letters are here. */
export const keptAnswers = (
	{ letters, directory }: Pick<Client, 'letters' | 'directory'>,
	organisation: OrganisationId,
): readonly KeptAnswer[] =>
	letters.list.flatMap((letter) => {
		const isOurs = letter.holds && directory.organisationOf(letter.from, null) === organisation;
		return isOurs ? (keptAnswerIn(letter, organisation) ?? []) : [];
	});
