import { hostname } from 'node:os';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openPostOffice, readMail, type PostOffice } from '../testing/post-office.ts';
import { createMail, type MailSender } from './mail.ts';

let office: PostOffice;
let mail: MailSender;
beforeEach(async () => {
	office = await openPostOffice();
	mail = createMail({ url: office.url, from: 'post@neutral.example' });
});
afterEach(async () => {
	mail.close();
	await office.close();
});

test.each([
	['ar', 'لديك جديد'],
	['en', 'You have something new'],
] as const)('a mail says that there is something new, in the language of its reader (%s), and nothing else', async (language, words) => {
	expect(await mail.tell('reader@example.org', language, null)).toBe(true);
	const sent = await office.next();
	expect(readMail(sent)).toEqual({ subject: words, text: words });
	const [envelope = '', ...rest] = sent.split('\n\n');
	expect(envelope).toContain('EHLO neutral.example');
	expect(envelope).toContain('MAIL FROM:<post@neutral.example>');
	expect(envelope).toContain('RCPT TO:<reader@example.org>');
	const names = rest
		.join('\n\n')
		.split('\r\n\r\n')[0]!
		.match(/^[\w-]+(?=:)/gm)
		?.map((name) => name.toLowerCase());
	expect(names?.toSorted()).toEqual(
		[
			'auto-submitted',
			'content-transfer-encoding',
			'content-type',
			'date',
			'from',
			'message-id',
			'mime-version',
			'subject',
			'to',
		].toSorted(),
	);
	expect(sent).toMatch(/message-id: <[\w-]+@neutral\.example>/i);
	for (const telling of [hostname(), 'localhost', 'http', 'multaqa', 'ملتقى'])
		expect(sent.toLowerCase()).not.toContain(telling.toLowerCase());
});

test('coordinators may have it say something else', async () => {
	await mail.tell('reader@example.org', 'ar', 'تذكير');
	expect(readMail(await office.next())).toEqual({ subject: 'تذكير', text: 'تذكير' });
});

test('the code to confirm a mailbox comes with nothing else', async () => {
	await mail.sendCode('reader@example.org', 'ar', '12345678');
	expect(readMail(await office.next())).toEqual({
		subject: 'رمز التأكيد',
		text: expect.stringMatching(/^1234 5678\s+من لم يطلب هذا الرمز لا يحتاج إلى فعل شيء\.$/u) as string,
	});
});

test('a mailbox that is refused is not a mail server that fails; one that is gone is', async () => {
	office.reply = '550 no such person';
	expect(await mail.tell('nobody@example.org', 'en', null)).toBe(false);
	expect(mail.failing).toBe(false);
	await office.close();
	expect(await mail.tell('reader@example.org', 'en', null)).toBe(false);
	expect(mail.failing).toBe(true);
});
