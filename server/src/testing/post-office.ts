import { createServer, type AddressInfo, type Socket } from 'node:net';

/** A mail server on this machine that keeps what it is given, byte for byte. */
export interface PostOffice {
	/** As `SMTP_URL` names it. */
	readonly url: string;
	/** Each mail, headers and all, with the envelope before it. */
	readonly mails: string[];
	/** What it says to a recipient; 250 until something else is said. */
	reply: string;
	/** The next mail, or one that has come already. */
	next(): Promise<string>;
	close(): Promise<void>;
}

export async function openPostOffice(): Promise<PostOffice> {
	const mails: string[] = [];
	const waiting: (() => void)[] = [];
	const sockets = new Set<Socket>();
	let read = 0;
	const server = createServer((socket) => {
		sockets.add(socket);
		socket.on('close', () => sockets.delete(socket)).on('error', () => undefined);
		receive(socket, office, (mail) => {
			mails.push(mail);
			for (const wake of waiting.splice(0)) wake();
		});
	});
	await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
	const office: PostOffice = {
		url: `smtp://127.0.0.1:${(server.address() as AddressInfo).port}`,
		mails,
		reply: '250 fine',
		async next() {
			while (read >= mails.length) await new Promise<void>((resolve) => waiting.push(resolve));
			return mails[read++] ?? '';
		},
		close() {
			for (const socket of sockets) socket.destroy();
			return new Promise((resolve) => void server.close(() => resolve()));
		},
	};
	return office;
}

/** As much of RFC 5321 as it takes to be given a mail. */
function receive(socket: Socket, office: { readonly reply: string }, done: (mail: string) => void): void {
	let text = '';
	let envelope = '';
	let inMail = false;
	const say = (line: string) => void socket.write(`${line}\r\n`);
	say('220 here');
	socket.setEncoding('utf8').on('data', (part: string) => {
		text += part;
		for (let end = text.indexOf(inMail ? '\r\n.\r\n' : '\r\n'); end !== -1; end = text.indexOf(inMail ? '\r\n.\r\n' : '\r\n')) {
			const read = text.slice(0, end);
			text = text.slice(end + (inMail ? 5 : 2));
			if (inMail) {
				inMail = false;
				done(`${envelope}\n${read}`);
				say('250 taken');
				continue;
			}
			envelope += `${read}\n`;
			if (/^data/i.test(read)) {
				inMail = true;
				say('354 go on');
			} else if (/^quit/i.test(read)) socket.end('221 bye\r\n');
			else say(/^rcpt/i.test(read) ? office.reply : '250 fine');
		}
	});
}

/** What a reader sees of a mail: its decoded subject and text. */
export function readMail(mail: string): { subject: string; text: string } {
	const [head = '', ...rest] = mail.split('\r\n\r\n');
	const unfolded = head.replaceAll(/\r\n[ \t]+/g, ' ');
	const subject = /^subject: (.*)$/im.exec(unfolded)?.[1] ?? '';
	const encoding = /^content-transfer-encoding: (\S+)/im.exec(unfolded)?.[1] ?? '7bit';
	const body = rest.join('\r\n\r\n');
	const text = encoding === 'base64' ? Buffer.from(body, 'base64').toString() : encoding === 'quoted-printable' ? unquoted(body) : body;
	return { subject: decodedWords(subject), text: text.trim() };
}

const unquoted = (text: string): string =>
	Buffer.from(
		text.replaceAll('=\r\n', '').replaceAll(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))),
		'latin1',
	).toString();

const decodedWords = (text: string): string =>
	text
		.replaceAll(/\?=\s+=\?/g, '?==?')
		.replaceAll(/=\?utf-8\?([bq])\?(.*?)\?=/gi, (_, kind: string, words: string) =>
			kind.toLowerCase() === 'b' ? Buffer.from(words, 'base64').toString() : unquoted(words.replaceAll('_', ' ')),
		);
