import { Problem } from '@multaqa/shared/problem';

/**
 * The recovery sheet with its QR code is fetched when an account is about to be made, not for the first page.
 * @throws Problem `offline` when it does not arrive
 */
export const loadSheet = () =>
	import('./ConfirmSheet.svelte').then(
		(module) => module.default,
		() => {
			throw new Problem('offline');
		},
	);
