import { latin } from './octets.ts';
import type { Findings, Trace } from './traces.ts';

const LOOKED_AT = 256 * 1024;
const signs: readonly (readonly [Trace, RegExp])[] = [
	['location', /GPS|photoshop:City|Iptc4xmpCore:Location/],
	['author', /dc:creator|photoshop:AuthorsPosition|xmpRights|OwnerName/],
	['device', /tiff:Make|tiff:Model|SerialNumber|LensModel/],
	['time', /(?:Create|Modify|Metadata)Date/],
	['software', /CreatorTool|pdf:Producer/],
	['description', /dc:(?:title|description|subject)/],
	['history', /xmpMM:/],
];

/** Finds out what an XMP packet told. */
export function readXmp(packet: Uint8Array, { removed }: Findings): void {
	const text = latin(packet, 0, LOOKED_AT);
	const found = signs.filter(([, sign]) => sign.test(text));
	if (found.length === 0) removed.add('other');
	for (const [trace] of found) removed.add(trace);
}
