import { isProblem } from '@multaqa/shared/problem';
import { LOG_LEVELS, type LogLevel } from './config.ts';

/** What may be said of a request: a route pattern (never a path), how it ended, how long it took. */
export interface RequestRecord {
	readonly id: string;
	readonly route: string;
	readonly method: string;
	readonly status: number;
	readonly ms: number;
}

/** One JSON line per record. No body, id of a person or space, address, user agent or path can get in. */
export interface Log {
	request(record: RequestRecord): void;
	/** Something that should not have happened; `request` is the id of the request it happened in. */
	unexpected(error: unknown, request?: string): void;
	note(text: string): void;
}

export type LogSink = (line: string) => void;

export function createLog(level: LogLevel, sink: LogSink): Log {
	const write = (at: LogLevel, record: object) => {
		if (LOG_LEVELS.indexOf(at) >= LOG_LEVELS.indexOf(level)) sink(JSON.stringify({ level: at, ...record }));
	};
	return {
		request: ({ id, route, method, status, ms }) =>
			write(status >= 500 ? 'error' : 'info', { id, method, route, status, ms: Math.round(ms * 10) / 10 }),
		unexpected: (error, request) => write('error', { ...(request === undefined ? {} : { id: request }), ...describe(error) }),
		note: (text) => write('info', { note: text }),
	};
}

function describe(error: unknown) {
	if (!(error instanceof Error)) return { error: typeof error };
	const message = isProblem(error) ? `${error.code} ${error.detail.reason ?? ''}`.trim() : withoutValues(error.message);
	return { error: error.name, message, stack: frames(error) };
}

/** Messages of the engine and of libraries can quote what they were given. */
function withoutValues(message: string): string {
	return message
		.replace(/"[^]*"|'[^]*'|`[^]*`/g, '…')
		.replace(/[\w+/=.:@-]{20,}|[^\x20-\x7e]+|\d{4,}/g, '…')
		.slice(0, 200);
}

/** Where it happened, without the message that a stack begins with. */
function frames(error: Error): string[] {
	const lines = (error.stack ?? '').split('\n').map((line) => line.trim());
	return lines
		.filter((line) => line.startsWith('at '))
		.slice(0, 12)
		.map(withoutFolder);
}

const withoutFolder = (frame: string) => frame.replace(/(file:\/\/)?\/[^\s()]*\/((node_modules|db|server|shared|web)\/)/, '$2');
