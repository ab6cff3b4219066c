import { fingerprint } from './pem.ts';
import type { ListText } from './signed-text.ts';

/**
 * How anybody checks a proof without us: put into every archive, and printed on the page. English, since it is commands;
 * Arabic around them for whoever follows.
 */
export function guide(list: ListText): string {
	const keys = list.signatories.map(
		({ name, key }, place) => `  ${String(place + 1).padStart(3, '0')}  ${fingerprint(key)}  ${name.ar || name.en}`,
	);
	return `${[
		'كيف يُتحقَّق من هذا البيان من دون الوثوق بأحد',
		'How to check this statement without trusting anybody',
		'',
		'في هذا الأرشيف: البيان (statement.txt)، وقائمة الموقّعين (list.json)، وتوقيع كل منظمة ومفتاحها العلني (signatures/).',
		'In this archive: the statement (statement.txt), the list of signatories (list.json), and the signature and public key of each organisation (signatures/). OpenSSL 3 or later, in a terminal, in this folder:',
		'',
		'1. بصمة النص، وينبغي أن تطابق «statement» في كل توقيع / the digest of the text, which every signature names as "statement":',
		'',
		'   openssl dgst -sha256 statement.txt',
		'',
		`   ${list.statement}`,
		'',
		'2. توقيع كل منظمة / the signature of each organisation:',
		'',
		'   for n in signatures/*.json; do n=${n%.json}; echo "$n"; grep -A 3 organisation $n.json;',
		'     openssl pkeyutl -verify -pubin -inkey $n.pem -rawin -in $n.json -sigfile $n.sig; done',
		'',
		'3. القائمة: من وقّع، لا أكثر ولا أقل / the list: who signed, nobody more and nobody less:',
		'',
		'   openssl pkeyutl -verify -pubin -inkey publisher.pem -rawin -in list.json -sigfile list.sig',
		'   openssl dgst -sha256 signatures/*.json',
		'',
		'   كل بصمة منها في list.json، ولا شيء فيها سواها / each of these digests stands in list.json, and no other.',
		'',
		'4. لمن المفاتيح؟ تُقارَن البصمات بما تعلنه كل منظمة عن نفسها / whose keys? Compare the fingerprints with those that each organisation gives out itself:',
		'',
		'   openssl pkey -pubin -in publisher.pem -outform DER | openssl dgst -sha256   (the first 32 digits)',
		'',
		...keys,
		'',
		`  publisher  ${fingerprint(list.publisher.key)}  ${list.publisher.name.ar || list.publisher.name.en}`,
	].join('\n')}\n`;
}
