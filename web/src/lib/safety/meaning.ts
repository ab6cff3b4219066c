import type { Finding } from '@multaqa/shared/client/types';

/** What a refusal amounts to for a person: dozens of rules, a handful of meanings. */
export const MEANINGS = [
	'split',
	'older',
	'missing',
	'altered',
	'repeated',
	'members',
	'early',
	'keys',
	'newer',
	'clock',
	'answer',
] as const;
export type Meaning = (typeof MEANINGS)[number];

/** Rules that say more than the kind of a finding does. */
const byRule: Record<string, Meaning> = {
	'one-history': 'split',
	'frontier-is-ours': 'split',
	'chains-never-go-back': 'older',
	'cites-never-go-back': 'older',
	'directory-never-goes-back': 'older',
	'user-log-never-goes-back': 'older',
	'positions-have-no-gap': 'missing',
	'device-sequence-has-no-gap': 'missing',
	'device-continues-its-own-line': 'missing',
	'parents-are-known': 'missing',
	'event-comes-once': 'repeated',
	'event-stays-in-its-place': 'repeated',
	'link-stays-in-its-chain': 'repeated',
	'device-sequence-has-no-repetition': 'repeated',
	'nobody-writes-before-the-rotation': 'early',
	'event-uses-the-generation-of-its-head': 'early',
	'role-may-write': 'members',
	'voice-is-a-representatives': 'members',
	'author-is-a-member-of-the-forum': 'members',
	'author-is-a-member-of-the-space': 'members',
	'device-stands': 'members',
	'wrap-opens-to-the-commitment': 'keys',
	'rotation-reaches-exactly-the-roster': 'keys',
	'history-is-closed': 'keys',
	'time-moves-forward': 'clock',
};

const byKind: Record<Finding['kind'], Meaning> = {
	'event-refused': 'altered',
	'link-refused': 'members',
	'wrap-refused': 'keys',
	'key-missing': 'keys',
	rollback: 'older',
	'split-view': 'split',
	withheld: 'missing',
	missing: 'missing',
	'answer-refused': 'answer',
};

/** The meaning of one finding. */
export function meaningOf({ kind, code, rule }: Pick<Finding, 'kind' | 'code' | 'rule'>): Meaning {
	if (kind === 'split-view' || kind === 'rollback') return byKind[kind];
	if (code === 'unknown-version') return 'newer';
	if (code === 'clock-wrong') return 'clock';
	return (rule !== null ? byRule[rule] : undefined) ?? byKind[kind];
}

/** What was found of one meaning in one space, or outside all of them. */
export interface Found {
	readonly meaning: Meaning;
	readonly space: Finding['space'];
	/** When it was seen first: seconds since 1970. */
	readonly since: number;
	readonly times: number;
	readonly seen: boolean;
	readonly findings: readonly Finding[];
}

/** Findings under what they mean, the gravest first. */
export function groupFindings(findings: readonly Finding[]): Found[] {
	const groups = new Map<string, Finding[]>();
	for (const finding of findings) {
		const key = `${meaningOf(finding)}/${finding.space ?? ''}`;
		groups.set(key, [...(groups.get(key) ?? []), finding]);
	}
	return [...groups.values()]
		.map(foundOf)
		.toSorted((a, b) => MEANINGS.indexOf(a.meaning) - MEANINGS.indexOf(b.meaning) || a.since - b.since);
}

function foundOf(findings: readonly Finding[]): Found {
	const [first] = findings;
	if (!first) throw new TypeError('a group has a finding');
	return {
		meaning: meaningOf(first),
		space: first.space,
		since: Math.min(...findings.map(({ since }) => since)),
		times: findings.reduce((sum, { times }) => sum + times, 0),
		seen: findings.every(({ seen }) => seen),
		findings,
	};
}
