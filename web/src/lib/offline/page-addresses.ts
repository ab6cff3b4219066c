/** The part of the pages which the engine's shell shows; others the server answers itself. */
const IN_SHELL = '/(app)/';

/** Addresses of the pages with these route ids, as patterns of paths. */
export function pageAddresses(ids: readonly string[]): RegExp[] {
	return ids.filter((id) => `${id}/`.startsWith(IN_SHELL)).map(addressOf);
}

function addressOf(id: string): RegExp {
	const parts = id.split('/').filter((part) => part !== '' && !part.startsWith('('));
	const path = parts.map((part) => (part.startsWith('[') ? '/[^/]+' : `/${part}`)).join('');
	return new RegExp(`^${path}/?$`);
}
