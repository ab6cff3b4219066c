import { Problem } from '@multaqa/shared/problem';

/** The headers by which a browser says which site a request comes from. */
export interface Provenance {
	readonly origin: string | undefined;
	readonly site: string | undefined;
}

/**
 * Lets through what comes from our own page, and from programs that are no browser (they send neither
 * header and carry no victim's cookie).
 * @throws Problem `foreign-origin`
 */
export function refuseForeign({ origin, site }: Provenance, publicUrl: string): void {
	const foreign = (origin !== undefined && origin !== publicUrl) || (site !== undefined && site !== 'same-origin' && site !== 'none');
	if (foreign) throw new Problem('foreign-origin');
}
