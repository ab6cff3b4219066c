import type { Findings, Trace } from '../traces.ts';
import { isList, nameIn, PdfStream, type PdfDict, type PdfValue } from './objects.ts';

/** Keys that go with whatever stands behind them, wherever they are. */
const dropped = new Map<string, Trace>([
	['Metadata', 'other'],
	['PieceInfo', 'history'],
	['LastModified', 'time'],
	['ModDate', 'time'],
	['CreationDate', 'time'],
	['Author', 'author'],
	['Producer', 'software'],
	['Creator', 'software'],
	['CreatorInfo', 'software'],
	['AA', 'scripts'],
	['JS', 'scripts'],
	['JavaScript', 'scripts'],
	['XFA', 'scripts'],
	['EmbeddedFiles', 'files'],
	['EF', 'files'],
	['AF', 'files'],
	['Collection', 'files'],
	['Perms', 'author'],
	['DSS', 'author'],
	['SpiderInfo', 'other'],
	['Legal', 'other'],
	['OPI', 'other'],
	['Thumb', 'thumbnail'],
	['VP', 'location'],
	['LGIDict', 'location'],
	['Measure', 'location'],
]);
const inRoot = new Map<string, Trace>([
	['OpenAction', 'scripts'],
	['Threads', 'other'],
	['URI', 'other'],
]);
const inAnnotation = new Map<string, Trace>([
	['M', 'time'],
	['NM', 'other'],
	['T', 'author'],
]);
/** Of a stream whose bytes are in another file. */
const inStream = new Map<string, Trace>(['F', 'FFilter', 'FDecodeParms'].map((key) => [key, 'files']));
const none: ReadonlyMap<string, Trace> = new Map();

/** Dictionaries whose keys are names that somebody has given. */
const NAMED = new Set([
	'CharProcs',
	'XObject',
	'Font',
	'ColorSpace',
	'ExtGState',
	'Pattern',
	'Shading',
	'Properties',
	'Colorants',
	'RoleMap',
	'ClassMap',
	'Dests',
]);
const ACTIONS = new Set(['A', 'Next', 'PA']);
const RUNS = new Set([
	'JavaScript',
	'Launch',
	'ImportData',
	'SubmitForm',
	'Rendition',
	'Movie',
	'Sound',
	'GoToE',
	'GoToR',
	'RichMediaExecute',
	'GoTo3DView',
]);
const CARRIES = new Set(['FileAttachment', 'Sound', 'Movie', 'Screen', 'RichMedia', '3D']);

type Resolve = (value: PdfValue | undefined) => PdfValue;

/** Of what stands under `under`, the trace that goes with the whole of it; `null` when it stays. */
export function goesWhole(dict: PdfDict, under: string, resolve: Resolve): Trace | null {
	const [type, subtype, action] = ['Type', 'Subtype', 'S'].map((key) => nameIn(resolve(dict.get(key))));
	if (type === 'Metadata' || type === 'EmbeddedFile' || type === 'Filespec') return type === 'Metadata' ? 'other' : 'files';
	// A signature: who signed, when and with what.
	if (dict.has('ByteRange')) return 'author';
	if (subtype !== undefined && CARRIES.has(subtype) && dict.has('Rect')) return 'files';
	if (type !== 'Action' && !ACTIONS.has(under)) return null;
	if (action !== undefined && RUNS.has(action)) return 'scripts';
	return action === 'URI' && !leadsToTheWeb(resolve(dict.get('URI'))) ? 'other' : null;
}

const WEB = /^(?:\(|<)\s*(?:https?:|mailto:|tel:|www\.|68747470|48545450|6d61696c746f)/i;

function leadsToTheWeb(address: PdfValue): boolean {
	if (address === null || typeof address !== 'object' || !('bytes' in address) || address instanceof PdfStream) return false;
	return WEB.test(String.fromCharCode(...address.bytes.subarray(0, 20)));
}

/** Which keys of a dictionary go. */
export function goingKeys(dict: PdfDict, under: string, resolve: Resolve, { kept }: Findings): (key: string) => Trace | undefined {
	if (NAMED.has(under)) return () => undefined;
	const own = ownRules(dict, resolve);
	if (own === inAnnotation && dict.has('Contents')) kept.add('comments');
	const isPage = nameIn(resolve(dict.get('Type'))) === 'Page';
	// A place to open at does nothing.
	const opensAPage = isList(resolve(dict.get('OpenAction')));
	return (key) =>
		key === 'OpenAction' && opensAPage ? undefined : (own.get(key) ?? dropped.get(key) ?? (isPage && key === 'B' ? 'other' : undefined));
}

function ownRules(dict: PdfDict, resolve: Resolve): ReadonlyMap<string, Trace> {
	if (nameIn(resolve(dict.get('Type'))) === 'Catalog') return inRoot;
	const subtype = nameIn(resolve(dict.get('Subtype')));
	const isRemark = dict.has('Rect') && subtype !== undefined && subtype !== 'Widget' && subtype !== 'Link';
	return isRemark ? inAnnotation : none;
}

/** The same for the dictionary of a stream. */
export const goingOfStream = (key: string): Trace | undefined => inStream.get(key);
