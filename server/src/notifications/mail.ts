import { createTransport } from 'nodemailer';
import type { MailOptions } from './options.ts';

export type MailLanguage = 'ar' | 'en';

export interface MailSender {
	/** That there is something new, and nothing else. `text`: what coordinators want it to say instead. */
	tell(address: string, language: MailLanguage, text: string | null): Promise<boolean>;
	/** The code by which its owner confirms a mailbox. */
	sendCode(address: string, language: MailLanguage, code: string): Promise<boolean>;
	/** The mail server could not be reached the last time. */
	readonly failing: boolean;
	close(): void;
}

const PATIENCE = 15_000;

/** No name of forum, organisation, space or person, no link and no address but the sender's. */
export const MAIL_WORDS: Record<MailLanguage, { readonly news: string; readonly code: string; readonly unasked: string }> = {
	ar: { news: 'لديك جديد', code: 'رمز التأكيد', unasked: 'من لم يطلب هذا الرمز لا يحتاج إلى فعل شيء.' },
	en: { news: 'You have something new', code: 'Confirmation code', unasked: 'If you did not ask for this code, there is nothing to do.' },
};

export function createMail({ url, from }: MailOptions): MailSender {
	const domain = from.slice(from.lastIndexOf('@') + 1).replace('>', '');
	const transport = createTransport(
		// Without `name` the mail would carry that of this machine.
		{ url, name: domain, connectionTimeout: PATIENCE, greetingTimeout: PATIENCE, socketTimeout: PATIENCE },
		{ from },
	);
	let failing = false;

	async function send(to: string, subject: string, text: string): Promise<boolean> {
		try {
			const headers = { 'auto-submitted': 'auto-generated' };
			await transport.sendMail({
				to: { name: '', address: to },
				subject,
				text,
				headers,
				xMailer: false,
				disableFileAccess: true,
				disableUrlAccess: true,
			});
			failing = false;
			return true;
		} catch (error) {
			// A mailbox that is refused says nothing about the mail server.
			failing = !isRefusal(error);
			return false;
		}
	}

	return {
		tell: (address, language, text) => send(address, text ?? MAIL_WORDS[language].news, text ?? MAIL_WORDS[language].news),
		sendCode(address, language, code) {
			const { code: subject, unasked } = MAIL_WORDS[language];
			return send(address, subject, `${code.slice(0, 4)} ${code.slice(4)}\n\n${unasked}`);
		},
		get failing() {
			return failing;
		},
		close: () => transport.close(),
	};
}

const isRefusal = (error: unknown): boolean => error instanceof Error && 'code' in error && error.code === 'EENVELOPE';
