/** Why an act about an issue is none: the same answers for whoever wants to act and for everybody who reads. */
export type PositionRule =
	| 'issue-is-changed-by-its-opener'
	// versions
	| 'text-is-proposed-by-its-opener'
	| 'text-has-not-changed-meanwhile'
	| 'text-stands-while-it-is-decided'
	| 'new-version-has-a-reason'
	| 'new-version-changes-something'
	| 'paragraph-comes-once'
	// suggested words
	| 'wording-is-about-a-paragraph'
	| 'wording-shows-all-it-holds'
	| 'wording-changes-something'
	| 'wording-belongs-to-the-reservation'
	| 'wording-is-there'
	| 'wording-is-open'
	| 'wording-is-declined-by-whom-it-concerns'
	| 'wording-stands-in-the-version'
	// stances
	| 'representatives-speak-for-their-organisation'
	| 'stance-is-about-the-newest-version'
	| 'reason-is-given'
	| 'principle-is-named'
	| 'reservations-belong-to-the-stance'
	| 'reservation-is-short'
	| 'reservation-goes-on'
	| 'paragraph-is-there'
	| 'mandate-is-not-in-the-future'
	| 'validity-is-bounded'
	| 'confirmed-stance-is-the-same'
	| 'changed-paragraphs-are-read-again'
	| 'organisation-has-not-spoken-meanwhile'
	| 'stance-waits-for-a-second'
	| 'second-is-another-person'
	| 'second-is-of-the-same-organisation'
	| 'withdrawn-is-what-stands'
	| 'reservation-is-there'
	| 'reservation-is-settled-by-whom-it-concerns'
	| 'reservation-is-kept'
	| 'version-is-there'
	// hidden rounds
	| 'hidden-round-takes-sealed-answers'
	| 'round-is-hidden'
	| 'sealed-answer-comes-once'
	| 'sealed-answer-opens-after-the-end'
	| 'sealed-answer-is-there'
	| 'sealed-answer-fits'
	| 'sealed-answers-have-their-time'
	// decisions
	| 'facilitators-decide'
	| 'one-decision-at-a-time'
	| 'decision-is-about-the-newest-version'
	| 'decision-is-there'
	| 'decision-is-running'
	| 'close-time-is-bounded'
	| 'close-time-has-not-passed'
	| 'close-time-has-come'
	| 'quorum-is-possible'
	| 'eligible-organisations-are-there'
	| 'constituencies-are-those-declared'
	| 'organisation-is-eligible'
	| 'decision-has-ended'
	| 'decision-is-closed-once'
	| 'outcome-has-a-text'
	| 'result-is-what-was-counted'
	| 'review-is-not-in-the-past'
	| 'host-signs-off'
	| 'decision-has-passed';

/** A rule that an act breaks, and what would help. */
export interface Refusal {
	readonly rule: PositionRule;
	/** Of `paragraph-is-there`, `reservation-is-short` and `wording-…`: which reservation, by its place in the stance. */
	readonly place?: number;
	/** Of `paragraph-is-there`: the paragraph that is nearest to where the missing one stood. */
	readonly nearest?: string | null;
}
