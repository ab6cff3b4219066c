/** Why an act about a statement is none: the same answers for whoever wants to act and for everybody who reads. */
export type StatementRule =
	| 'coordinators-call-for-signatures'
	| 'round-is-opened-once'
	| 'text-is-whole'
	| 'close-time-is-bounded'
	| 'round-is-open'
	| 'extension-is-later'
	| 'close-time-has-not-passed'
	| 'close-time-has-come'
	// the order
	| 'order-is-sealed-before-anybody-signs'
	| 'order-was-sealed'
	| 'sealed-seed-is-opened-after-the-end'
	// signatures
	| 'representatives-sign'
	| 'organisation-signs-once'
	| 'signature-is-of-this-text'
	| 'organisation-key-signs'
	| 'signature-is-there'
	| 'second-is-another-person'
	| 'second-is-of-the-same-organisation'
	| 'organisation-withdraws-itself'
	| 'withheld-is-kept-by-coordinators'
	| 'mark-is-kept-once'
	| 'mark-is-there'
	// publishing
	| 'coordinators-publish'
	| 'round-has-ended'
	| 'edition-follows'
	| 'edition-is-there'
	| 'another-coordinator-confirms';
