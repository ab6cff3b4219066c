import { numbered } from '@multaqa/shared/documents/numbering';
import { withheldWords } from '@multaqa/shared/documents/withheld';
import type { ExportedText } from '@multaqa/shared/exchange/exported-text';
import { scriptOf } from '@multaqa/shared/exchange/script';
import type { Publication } from '@multaqa/shared/publication/publication';
import { isoOf, type ListText } from '@multaqa/shared/publication/signed-text';
import { withheldOf } from '@multaqa/shared/statements/drawing-up';
import type { Round, Signature, Statement } from '@multaqa/shared/statements/statement-types';
import { makeFile } from '../documents/files/beside.ts';

/** What stands in the files beside the text. */
interface Said {
	readonly statement: Statement;
	readonly signatories: readonly Signature[];
	readonly reservations: ListText['reservations'];
	/** When it appears: seconds since 1970. */
	readonly published: number;
}

/** The statement with its signatories, in both languages, for word processors and printers: made on this device. @throws Problem `offline` */
export async function statementFiles(round: Round, said: Said): Promise<Publication['files']> {
	const text = exported(round, said);
	const files: { name: string; bytes: Publication['files'][number]['bytes'] }[] = [];
	for (const format of ['pdf', 'docx'] as const) {
		const { bytes } = await makeFile(format, text, { languages: 'both', closing: true });
		files.push({ name: `statement-both.${format}`, bytes });
	}
	return files;
}

function exported({ text, hash, document }: Round, { statement, signatories, reservations, published }: Said): ExportedText {
	const [title] = text.pairs;
	const numbers = numbered(text.pairs);
	const named = signatories.filter(({ state }) => state !== 'withdrawn').map(({ said: { organisation } }) => organisation);
	const count = withheldOf(statement);
	const withheld = count === 'some' ? 1 : count;
	return {
		...text,
		title: { ar: title?.ar ?? '', en: title?.en ?? '' },
		number: document?.number ?? 1,
		hash,
		day: isoOf(published).slice(0, 10),
		credit: null,
		reservations: reservations.map(({ organisation, paragraph, type, text: words }) => ({
			organisation,
			type,
			paragraph: paragraph === null ? null : (numbers[paragraph]?.number ?? null),
			text: words,
			language: scriptOf(words) ?? 'ar',
		})),
		signatories: {
			names: named,
			withheld: { ar: withheldWords(withheld, named.length, 'ar'), en: withheldWords(withheld, named.length, 'en') },
		},
	};
}
