import { PUSH_SERVICES, type MailOptions, type PushOptions } from './notifications/options.ts';

/** Everything that is set from outside. Each has a default that works. */
export interface Config {
	readonly port: number;
	readonly host: string;
	/** Origin under which browsers reach the forum; `null`: `http://localhost` and the port that was opened. */
	readonly publicUrl: string | null;
	readonly dataDir: string;
	/** URL of a PostgreSQL database; `null`: SQLite in `dataDir`. */
	readonly databaseUrl: string | null;
	readonly logLevel: LogLevel;
	/** Bytes that all attachments together may take. */
	readonly attachmentRoom: number;
	/** Where figures are served to programs on this machine; `null`: nowhere. */
	readonly metricsPort: number | null;
	/** Bytes that one account may write in an hour. */
	readonly writingPerHour: number;
	/** `null`: nothing is ever sent to a push service. */
	readonly push: PushOptions | null;
	/** `null`: no mail is ever sent. */
	readonly mail: MailOptions | null;
}

export const LOG_LEVELS = ['debug', 'info', 'warn', 'error', 'silent'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

type Environment = Readonly<Record<string, string | undefined>>;

/** @throws Error that names the setting and says what it may be, never its value */
export function readConfig(environment: Environment): Config {
	const value = (name: string) => environment[name] || null;
	return {
		port: readPort('PORT', value('PORT')) ?? 3000,
		host: value('HOST') ?? '127.0.0.1',
		publicUrl: readPublicUrl(value('PUBLIC_URL')),
		dataDir: value('DATA_DIR') ?? './data',
		databaseUrl: readDatabaseUrl(value('DATABASE_URL')),
		logLevel: readLogLevel(value('LOG_LEVEL')),
		attachmentRoom: readMegabytes('ATTACHMENT_ROOM_MB', value('ATTACHMENT_ROOM_MB'), ATTACHMENT_ROOM),
		writingPerHour: readMegabytes('WRITING_MB_PER_HOUR', value('WRITING_MB_PER_HOUR'), WRITING_PER_HOUR),
		metricsPort: readPort('METRICS_PORT', value('METRICS_PORT')),
		push: readPush(value('PUSH_SUBJECT'), value('PUSH_SERVICES')),
		mail: readMail(value('SMTP_URL'), value('MAIL_FROM')),
	};
}

function readPort(name: string, text: string | null): number | null {
	if (text === null) return null;
	const port = /^\d{1,5}$/.test(text) ? Number(text) : Number.NaN;
	if (!(port <= 65_535)) throw new Error(`${name} must be a number from 0 to 65535`);
	return port;
}

const MEGABYTE = 1_000_000;
export const ATTACHMENT_ROOM = 5_000 * MEGABYTE;

/** Some forty thousand posts: nobody writes so much, a program that runs wild does. */
export const WRITING_PER_HOUR = 64 * MEGABYTE;

function readMegabytes(name: string, text: string | null, otherwise: number): number {
	if (text === null) return otherwise;
	if (!/^\d{1,7}$/.test(text)) throw new Error(`${name} must be a number of megabytes`);
	return Number(text) * MEGABYTE;
}

function readPublicUrl(text: string | null): string | null {
	if (text === null) return null;
	const url = URL.parse(text);
	if (!url || !['http:', 'https:'].includes(url.protocol)) throw new Error('PUBLIC_URL must be an http or https address');
	if (url.pathname !== '/' || url.search || url.hash || url.username) throw new Error('PUBLIC_URL must be an origin, without a path');
	// Browsers give keys, passkeys and service workers only to https and to the machine itself; Tor Browser also to an onion.
	const isSafe = url.protocol === 'https:' || isLocal(url.hostname) || ONION.test(url.hostname);
	if (!isSafe) throw new Error('PUBLIC_URL must be https unless it is localhost or an onion address');
	return url.origin;
}

/** An onion address is a key: whoever answers there has it, and the way there is sealed to it. */
const ONION = /^([a-z0-9-]+\.)*[a-z2-7]{56}\.onion$/;

const isLocal = (hostname: string) =>
	hostname === 'localhost' || hostname.endsWith('.localhost') || /^(127(\.\d+){3}|\[::1\])$/.test(hostname);

/** @throws Error when it is none */
export function readDatabaseUrl(text: string | null): string | null {
	if (text === null) return null;
	if (!/^postgres(ql)?:$/.test(URL.parse(text)?.protocol ?? '')) throw new Error('DATABASE_URL must begin with postgres:// or be left out');
	return text;
}

function readLogLevel(text: string | null): LogLevel {
	const level = LOG_LEVELS.find((known) => known === (text ?? 'info'));
	if (!level) throw new Error(`LOG_LEVEL must be one of ${LOG_LEVELS.join(', ')}`);
	return level;
}

const MAILBOX = /^[^\s@<>",;:]+@[^\s@<>",;:]+$/;
const SERVICE = /^(\*\.)?([a-z0-9-]+\.)+[a-z]{2,}$/;

function readPush(subject: string | null, services: string | null): PushOptions | null {
	if (subject === null) return null;
	const isMailbox = subject.startsWith('mailto:') && MAILBOX.test(subject.slice('mailto:'.length));
	if (!isMailbox && URL.parse(subject)?.protocol !== 'https:')
		throw new Error('PUSH_SUBJECT must be mailto: and an address, or an https address');
	const named = services === null ? PUSH_SERVICES : services.split(',').map((service) => service.trim().toLowerCase());
	if (!named.every((service) => SERVICE.test(service))) throw new Error('PUSH_SERVICES must be names of hosts with commas between them');
	return { subject, services: named };
}

function readMail(url: string | null, from: string | null): MailOptions | null {
	if (url === null && from === null) return null;
	if (!/^smtps?:$/.test(URL.parse(url ?? '')?.protocol ?? ''))
		throw new Error('SMTP_URL must begin with smtp:// or smtps://, where MAIL_FROM is set');
	if (!MAILBOX.test(from ?? '')) throw new Error('MAIL_FROM must be an address, where SMTP_URL is set');
	return { url: url ?? '', from: from ?? '' };
}
