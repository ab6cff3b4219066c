import arabic400 from '@fontsource/ibm-plex-sans-arabic/files/ibm-plex-sans-arabic-arabic-400-normal.woff?url';
import arabic600 from '@fontsource/ibm-plex-sans-arabic/files/ibm-plex-sans-arabic-arabic-600-normal.woff?url';
import latin400 from '@fontsource/ibm-plex-sans/files/ibm-plex-sans-latin-400-normal.woff?url';
import latin600 from '@fontsource/ibm-plex-sans/files/ibm-plex-sans-latin-600-normal.woff?url';
import further400 from '@fontsource/ibm-plex-sans/files/ibm-plex-sans-latin-ext-400-normal.woff?url';
import further600 from '@fontsource/ibm-plex-sans/files/ibm-plex-sans-latin-ext-600-normal.woff?url';
import type { TypefaceFiles } from '@multaqa/shared/exchange/pdf/faces';
import { Problem } from '@multaqa/shared/problem';

/**
 * The page's typefaces, of which a PDF takes parts: the very files that the page is shown in (ui/style/fonts-arabic.css, fonts-latin.css), so
 * that whoever keeps the program has them.
 * @throws Problem `offline` when they are not on this device
 */
export async function fetchTypefaces(): Promise<TypefaceFiles> {
	const [regular, strong] = await Promise.all([fetchAll([arabic400, latin400, further400]), fetchAll([arabic600, latin600, further600])]);
	return { regular, strong };
}

const fetchAll = (addresses: readonly string[]): Promise<readonly Uint8Array[]> => Promise.all(addresses.map(fetched));

async function fetched(address: string): Promise<Uint8Array> {
	try {
		const response = await fetch(address);
		if (response.ok) return new Uint8Array(await response.arrayBuffer());
	} catch {
		// What did not arrive is as if it were not there.
	}
	throw new Problem('offline');
}
