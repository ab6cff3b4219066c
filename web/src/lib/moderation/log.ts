import type { AccountId, Hash, StreamId } from '@multaqa/shared/bytes/ids';
import type { Measure, StreamEvent } from '@multaqa/shared/client/types';
import type { ActType } from '@multaqa/shared/moderation/events';
import type { LogEntry, Moderation } from '@multaqa/shared/moderation/moderation';
import { isFacilitator } from '@multaqa/shared/threads/posts';
import { saidIn } from '@multaqa/shared/threads/read';

/** What a line of the log tells of; threads are closed, opened and renamed in the index of a space. */
export type LogKind = ActType | 'thread.close' | 'thread.reopen' | 'thread.rename';

/** One line of the log of a space. */
export interface LogLine {
	readonly id: Hash;
	readonly kind: LogKind;
	readonly by: AccountId;
	readonly time: number;
	readonly position: number;
	readonly waiting: boolean;
	readonly stream: StreamId | null;
	readonly post: Hash | null;
	/** Reason, or the text of an appeal, or the new title. */
	readonly words: string | null;
	/** What it made, ended or is about. */
	readonly measure: Measure | null;
	/** Of a decision about an appeal. */
	readonly upheld: boolean | null;
}

export const LOG_PARTS = ['all', 'posts', 'people', 'threads', 'appeals'] as const;
/** What the log is narrowed to. */
export type LogPart = (typeof LOG_PARTS)[number];

const PARTS: Record<LogKind, Exclude<LogPart, 'all'>> = {
	'moderation.reword': 'posts',
	'moderation.hide': 'posts',
	'moderation.keep-out': 'posts',
	'moderation.admit': 'posts',
	'moderation.dismiss': 'posts',
	'moderation.discard': 'posts',
	'moderation.silence': 'people',
	'moderation.slow': 'threads',
	'moderation.approval': 'threads',
	'moderation.words': 'threads',
	'moderation.lift': 'posts',
	'moderation.appeal': 'appeals',
	'moderation.decide': 'appeals',
	'thread.close': 'threads',
	'thread.reopen': 'threads',
	'thread.rename': 'threads',
};

const PART_OF_LIFTED = {
	reword: 'posts',
	hide: 'posts',
	'keep-out': 'posts',
	silence: 'people',
	slow: 'threads',
	approval: 'threads',
} as const;

/** Every act of facilitators and every answer to one, the newest first. */
export const logOf = (moderation: Moderation, index: readonly StreamEvent[]): readonly LogLine[] =>
	[...moderation.log.map((entry) => lineOf(entry, moderation)), ...linesAboutThreads(index)].toSorted(newestFirst);

/** The lines of one part. */
export const narrowedLog = (lines: readonly LogLine[], part: LogPart): readonly LogLine[] =>
	part === 'all' ? lines : lines.filter((line) => partOf(line) === part);

const partOf = ({ kind, measure }: LogLine): LogPart =>
	kind === 'moderation.lift' && measure ? PART_OF_LIFTED[measure.kind] : PARTS[kind];

function newestFirst(a: LogLine, b: LogLine): number {
	return a.position === b.position ? b.time - a.time : b.position - a.position;
}

function lineOf({ id, act: { type, content }, by, time, position, waiting, measure: about }: LogEntry, { measures }: Moderation): LogLine {
	const measure = about === null ? null : (measures.get(about) ?? null);
	const words = 'reason' in content ? content.reason : 'text' in content ? content.text : null;
	return {
		id,
		kind: type,
		by,
		time,
		position,
		waiting,
		words,
		measure,
		stream: 'stream' in content ? content.stream : (measure?.stream ?? null),
		post: 'post' in content ? content.post : 'because' in content ? content.because : (measure?.post ?? null),
		upheld: 'uphold' in content ? content.uphold : null,
	};
}

/** Closings and openings, and new titles that somebody else gave. */
function linesAboutThreads(index: readonly StreamEvent[]): readonly LogLine[] {
	const openers = new Map<StreamId, AccountId>();
	return index.flatMap((event): LogLine[] => {
		const said = event.verified ? saidIn(event) : null;
		if (!event.verified || !said) return [];
		const { id, author: by, time, position, waiting } = event;
		const about = { id, by, time, position, waiting, post: null, measure: null, upheld: null };
		if (said.type === 'thread.open' && !openers.has(said.content.stream)) openers.set(said.content.stream, by);
		if (!isFacilitator(event.role)) return [];
		if (said.type === 'thread.close') {
			const { stream, on, reason, because: post = null } = said.content;
			return openers.has(stream) ? [{ ...about, kind: on ? 'thread.close' : 'thread.reopen', stream, post, words: reason }] : [];
		}
		if (said.type !== 'thread.rename' || [by, undefined].includes(openers.get(said.content.stream))) return [];
		return [{ ...about, kind: 'thread.rename', stream: said.content.stream, words: said.content.title }];
	});
}
