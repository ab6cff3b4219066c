import type { SpaceId } from '@multaqa/shared/bytes/ids';
import type { Finding } from '@multaqa/shared/client/types';
import type { Moderation } from '@multaqa/shared/moderation/moderation';

/** Findings after which nobody can say that nothing is missing from what was decided. */
const TELLING: ReadonlySet<Finding['kind']> = new Set(['missing', 'event-refused', 'split-view', 'withheld', 'rollback']);

/** What was found in a space that may concern the moderation log. */
export const tellingIn = (findings: readonly Finding[], space: SpaceId): readonly Finding[] =>
	findings.filter((finding) => finding.space === space && TELLING.has(finding.kind));

/** Whether a line of the moderation log is missing, was altered or moved, or may be. */
export const isLogBroken = ({ broken }: Pick<Moderation, 'broken'>, findings: readonly Finding[], space: SpaceId): boolean =>
	broken > 0 || tellingIn(findings, space).length > 0;
