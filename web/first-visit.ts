import { keysIn } from './messages/keys-in.ts';

/**
 * What the first visit needs travels as one file instead of sixty: on a bad link a request costs more than
 * the bytes in it. What only members need stays out of it.
 */
const modules = [
	/node_modules\/(svelte|esm-env|clsx|cborg|valibot|idb|@scure)\//,
	/shared\/src\/(problem|bytes|api|profiles|client\/(ports|exchange|problem-json))/,
	/web\/src\/lib\/(paraglide\/(runtime|registry)|i18n|display|progress|client)/,
	/web\/src\/lib\/ui\/(style|Button|Field|Form|Notice|Working|Blank|Choice|Check|Lost|Others|Scanner|above-all)/,
	/web\/src\/lib\/shell\/(Brand|EntryFrame|SkipLink|last-space|return-path)/,
	/web\/src\/lib\/(exit\/(QuickExit|leave|exit-address|shift)|disguise\/disguise|offline\/(Attend\.|LockedOffline|our-worker|reach))/,
	/web\/src\/lib\/accounts\/(Bring|Ended|Erase|Protection|protection|Unlock|Title|scanned|Strength)/,
	/web\/src\/lib\/recovery\/link/,
	/web\/src\/lib\/lock\/(Hold|holding|lock-settings|tabs|unlock-guard|wipe|clear-browser)/,
];

const words = keysIn([
	'src/lib/accounts/BringAccount.svelte',
	'src/lib/accounts/Ended.svelte',
	'src/lib/accounts/EraseDevice.svelte',
	'src/lib/accounts/ProtectionFields.svelte',
	'src/lib/accounts/ProtectionPassphrase.svelte',
	'src/lib/accounts/StrengthMeter.svelte',
	'src/lib/accounts/Unlock.svelte',
	'src/lib/display',
	'src/lib/exit/QuickExit.svelte',
	'src/lib/i18n',
	'src/lib/lock/HoldToWipe.svelte',
	'src/lib/offline/LockedOffline.svelte',
	'src/lib/ui',
	'src/lib/progress',
	'src/lib/shell/Brand.svelte',
	'src/lib/shell/SkipLink.svelte',
	'src/routes/(app)/+layout.svelte',
	'src/routes/(app)/(entry)/sign-in',
]);

/** What those who come for the first time read before they are members. */
const arrivalWords = keysIn([
	'src/lib/accounts/ConfirmSheet.svelte',
	'src/lib/accounts/RecoverySheet.svelte',
	'src/lib/accounts/SetupNames.svelte',
	'src/lib/accounts/Steps.svelte',
	'src/lib/invitations/PreviewCard.svelte',
	'src/lib/profiles/people.ts',
	'src/routes/(app)/(entry)',
]);

const arrival =
	/web\/src\/lib\/(accounts\/(SetupNames|Steps|kept-field|load-sheet|RecoverySheet\.svelte\?svelte&type=style)|invitations\/PreviewCard|profiles\/people)/;

const keyOf = (id: string) => /paraglide\/messages\/(.+)\.js$/.exec(id)?.[1] ?? '';

/** Chunks of the client build, by the module's path. The first group that fits takes it. */
export const chunkGroups = [
	{ name: 'first', test: (id: string) => words.has(keyOf(id)) || modules.some((part) => part.test(id)) },
	{ name: 'arrival', test: (id: string) => arrivalWords.has(keyOf(id)) || arrival.test(id) },
	{ name: 'words', test: /paraglide\/messages\// },
];
