import type { ChainWords, Confirmation, Finding } from '@multaqa/shared/client/types';

/** What a report is made of: nothing that names a person, an organisation, a space or a subject. */
export interface ReportInput {
	/** Seconds since 1970. */
	readonly now: number;
	readonly findings: readonly Finding[];
	readonly forum: ChainWords;
	/** In an order that stays; they are told apart by number only. */
	readonly spaces: readonly {
		readonly id: string;
		readonly words: ChainWords;
		readonly confirmation: Confirmation;
		readonly renewing: boolean;
	}[];
	readonly unknownDevices: number;
	/** The English word at a place of the list. */
	readonly wordAt: (place: number) => string;
}

const moment = (seconds: number) => `${new Date(seconds * 1000).toISOString().slice(0, 16)}Z`;

/** A report for whoever looks into it: kinds, rules, times, counts and six words, in plain English. */
export function reportText({ now, findings, forum, spaces, unknownDevices, wordAt }: ReportInput): string {
	const wordsOf = ({ words, links }: ChainWords) => `${words.map(wordAt).join(' ')} (after ${links} links)`;
	const numberOf = (space: string | null) => {
		const place = spaces.findIndex(({ id }) => id === space);
		return place >= 0 ? `space ${place + 1}` : space === null ? 'forum' : 'former space';
	};
	const findingLine = ({ kind, code, rule, space, since, times }: Finding) =>
		[kind, code, rule ?? '-', numberOf(space), `first ${moment(since)}`, `${times}x`].join(' | ');
	return [
		`Safety report, ${moment(now)}`,
		'No names, no texts, no identifiers.',
		'',
		`forum: ${wordsOf(forum)}`,
		...spaces.map(
			({ words, confirmation, renewing }, place) =>
				`space ${place + 1}: ${wordsOf(words)}; confirmed by ${confirmation.by}${confirmation.stale ? ', stale' : ''}${renewing ? ', renewing' : ''}`,
		),
		`unknown devices: ${unknownDevices}`,
		'',
		`findings: ${findings.length}`,
		...findings.map(findingLine),
		'',
	].join('\n');
}

/** A file name that says nothing about where it comes from. */
export const reportName = (now: number): string => `report-${new Date(now * 1000).toISOString().slice(0, 10)}.txt`;
