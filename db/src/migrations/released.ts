/**
 * What each migration ran when it was released, and the tables it left, as a hash (`testing/shape.ts`). A line here
 * never changes; a new migration adds one, which the test that fails without it prints.
 */
export const released: Readonly<Record<string, { readonly sqlite: string; readonly postgres: string }>> = {
	'0001-first': { sqlite: 'aae2f6eaaf513cf3', postgres: '413022476e396ec9' },
	'0002-recovery': { sqlite: '4411dc075aef266d', postgres: 'c8e8f4eb8cca7d71' },
	'0003-session-device': { sqlite: 'ad8025d422634d5d', postgres: 'f3e5910069ea33de' },
	'0004-notebooks': { sqlite: '30cf17ab58be7213', postgres: '381465eb9f171c2a' },
	'0005-blobs': { sqlite: '67a50f9d4131d03d', postgres: '5c7a8fb82174587c' },
	'0006-notifications': { sqlite: '7b89459fda94dc4d', postgres: 'd56dae165632f26b' },
	'0007-letters': { sqlite: 'df17a6213a14e4d8', postgres: 'c0d58579c3b5c44d' },
	'0008-blob-locks': { sqlite: 'd1a8253c2fed1319', postgres: '97bb59d6930d548b' },
	'0009-publications': { sqlite: 'a92e35dd78ba8f4a', postgres: '2eaa520709710f44' },
};
