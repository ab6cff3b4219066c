import { addressAt, spelledOut } from './markup-links.ts';
import type { Inline, Line, MentionTarget } from './markup-tree.ts';

const WEB = String.raw`(https?:\/\/(?:[^\s()<>]|\([^\s()<>]*\))+)`;
const LINK = new RegExp(String.raw`\[([^[\]]{1,300})\]\(${WEB}\)`, 'y');
const IMAGE = new RegExp(String.raw`!\[([^[\]]{0,300})\]\(${WEB}\)`, 'y');
const MENTION = /@\[([^[\]]{1,200})\]\((?:(account):([\w-]{43})|(organisation):([\w-]{22})|(role):([a-z]{1,20}))\)/y;
/** Everything that may begin something else than text. */
const SPECIAL = /[\\`*_[]|[!@]\[|https?:\/\//g;
const ESCAPED = '\\`*_[]()>#-+•.!@';
const LATIN_OR_DIGIT = /[\p{Script=Latin}\p{Nd}]/u;
const OF_A_WORD = /[\p{L}\p{N}\p{M}]/u;

type Mark = 'strong' | 'emphasis';

/** A mark that may yet be closed; until then it stands among the nodes as the text it is. */
interface Opened {
	readonly mark: Mark;
	readonly sign: string;
	readonly place: number;
}

interface Reading {
	readonly line: string;
	at: number;
	text: string;
	readonly nodes: Inline[];
	/** At most one of each mark: the latest. So marks nest twice at most, and nothing is looked for twice. */
	opened: readonly Opened[];
	/** How many backticks in a row are known to have no partner further on. */
	readonly unclosed: Set<number>;
}

/** Reads the marks of one line, from its beginning to its end and never back. */
export function inlinesOf(line: string): Line {
	const reading: Reading = { line, at: 0, text: '', nodes: [], opened: [], unclosed: new Set() };
	for (;;) {
		SPECIAL.lastIndex = reading.at;
		const next = SPECIAL.exec(line)?.index ?? line.length;
		reading.text += line.slice(reading.at, next);
		reading.at = next;
		if (next === line.length) break;
		readSpecial(reading);
	}
	flush(reading);
	return joined(reading.nodes);
}

function readSpecial(reading: Reading): void {
	const { line, at } = reading;
	const sign = line[at] ?? '';
	if (sign === '\\') readEscape(reading);
	else if (sign === '`') readCode(reading);
	else if (sign === '*' || sign === '_') readMarks(reading, sign);
	else if (sign === 'h') readAddress(reading);
	else if (!readBracket(reading, sign)) take(reading, 1);
}

/** Leaves the next characters as the text they are. */
function take(reading: Reading, length: number): void {
	reading.text += reading.line.slice(reading.at, reading.at + length);
	reading.at += length;
}

function flush(reading: Reading): void {
	if (reading.text !== '') reading.nodes.push({ kind: 'text', text: reading.text });
	reading.text = '';
}

function put(reading: Reading, node: Inline, length: number): void {
	flush(reading);
	reading.nodes.push(node);
	reading.at += length;
}

function readEscape(reading: Reading): void {
	const escaped = reading.line[reading.at + 1];
	if (escaped === undefined || !ESCAPED.includes(escaped)) return take(reading, 1);
	reading.at++;
	take(reading, 1);
}

function readCode(reading: Reading): void {
	const { line, at, unclosed } = reading;
	const length = runAt(line, at);
	const fence = '`'.repeat(length);
	const end = length > 2 || unclosed.has(length) ? -1 : line.indexOf(fence, at + length);
	if (end <= at + length) {
		if (end < 0) unclosed.add(length);
		return take(reading, length);
	}
	const text = line.slice(at + length, end);
	put(reading, { kind: 'code', text: length === 2 ? text.replace(/^ (.*) $/, '$1') : text }, end + length - at);
}

function readAddress(reading: Reading): void {
	const found = addressAt(reading.line, reading.at);
	if (!found) return take(reading, 1);
	if (found.address === null) return take(reading, found.typed.length || 1);
	put(reading, { kind: 'link', address: found.address, label: null }, found.typed.length);
}

function readBracket(reading: Reading, sign: string): boolean {
	const pattern = sign === '@' ? MENTION : sign === '!' ? IMAGE : LINK;
	pattern.lastIndex = reading.at;
	const found = pattern.exec(reading.line);
	const node = found && (sign === '@' ? mentionOf(found) : linkOf(found, sign === '!'));
	if (!node) return false;
	put(reading, node, found[0].length);
	return true;
}

function linkOf([, label = '', typed = '']: RegExpExecArray, image: boolean): Inline | null {
	const address = spelledOut(typed);
	if (address === null) return null;
	if (image) return { kind: 'image', address, label };
	return { kind: 'link', address, label: label === typed || label === address ? null : label };
}

function mentionOf([, name = '', , account, , organisation, , role]: RegExpExecArray): Inline {
	const target = account
		? { kind: 'account', id: account }
		: organisation
			? { kind: 'organisation', id: organisation }
			: { kind: 'role', id: role ?? '' };
	return { kind: 'mention', name, target: target as MentionTarget };
}

const runAt = (line: string, at: number): number => {
	let end = at + 1;
	while (line[end] === line[at]) end++;
	return end - at;
};

/** `*` emphasises, `**` makes strong, `***` does both; inside Latin words and numbers a mark is a letter like others. */
function readMarks(reading: Reading, sign: string): void {
	const { line, at } = reading;
	const length = runAt(line, at);
	const before = line[at - 1] ?? ' ';
	const after = line[at + length] ?? ' ';
	const inside = sign === '_' ? OF_A_WORD : LATIN_OR_DIGIT;
	const marks: readonly Mark[] = length === 1 ? ['emphasis'] : length === 2 ? ['strong'] : length === 3 ? ['strong', 'emphasis'] : [];
	const closes = before.trim() !== '' && !inside.test(after) && marks.every((mark) => isOpen(reading, mark, sign));
	const opens = after.trim() !== '' && !inside.test(before);
	if (marks.length === 0 || !(closes || opens)) return take(reading, length);
	flush(reading);
	if (closes) closeMarks(reading, marks, sign);
	else for (const mark of marks) open(reading, mark, sign);
	reading.at += length;
}

const isOpen = ({ opened }: Reading, mark: Mark, sign: string): boolean => opened.some((one) => one.mark === mark && one.sign === sign);

function open(reading: Reading, mark: Mark, sign: string): void {
	const others = reading.opened.filter((one) => one.mark !== mark);
	reading.opened = [...others, { mark, sign, place: reading.nodes.length }];
	reading.nodes.push({ kind: 'text', text: mark === 'strong' ? sign + sign : sign });
}

/** What was opened in between and not closed is text. */
function closeMarks(reading: Reading, marks: readonly Mark[], sign: string): void {
	for (let left = marks.length; left > 0; left--) {
		const at = reading.opened.findLastIndex((one) => one.sign === sign && marks.includes(one.mark));
		const opened = reading.opened[at];
		if (!opened) return;
		const content = joined(reading.nodes.splice(opened.place).slice(1));
		reading.nodes.push({ kind: opened.mark, content });
		reading.opened = reading.opened.slice(0, at);
	}
}

/** Texts that stand beside each other are one. */
function joined(nodes: readonly Inline[]): Inline[] {
	const whole: Inline[] = [];
	let text = '';
	for (const node of nodes) {
		if (node.kind === 'text') text += node.text;
		else {
			if (text !== '') whole.push({ kind: 'text', text });
			whole.push(node);
			text = '';
		}
	}
	if (text !== '') whole.push({ kind: 'text', text });
	return whole;
}
