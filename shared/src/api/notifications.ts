import * as v from 'valibot';
import { route } from './route.ts';
import { exactly, spaceId, text } from './schemas.ts';

/** More than any push service needs. */
const MAX_ENDPOINT = 1_024;
const MOST_SPACES = 256;
export const MAX_NOTICE_TEXT = 120;

/** As mail servers in use take them; nothing in it can end a line or begin another address. */
export const mailAddress = v.pipe(
	text(254),
	v.regex(/^[\p{L}\p{N}.!#$&'*+/=?^_`|~-]{1,64}@(?:[\p{L}\p{N}](?:[\p{L}\p{N}-]{0,61}[\p{L}\p{N}])?\.)+[\p{L}]{2,63}$/u),
);
const language = v.picklist(['ar', 'en']);
/** Spaces that must not wake a device. */
const without = v.pipe(v.array(spaceId), v.maxLength(MOST_SPACES));

/**
 * Being told, while the page is closed, that there is something new: no more than that. The server learns where a
 * browser or a mailbox is reached; nothing that it sends on has any content.
 */
export const notifications = {
	/** What this browser and this account asked for, and what the operator offers. */
	read: route('GET', '/api/notifications', 'device', {
		answer: v.strictObject({
			/** `null`: the operator has switched push off. */
			push: v.nullable(
				v.strictObject({
					/** What the browser subscribes with (RFC 8292): the server's public key. */
					key: exactly(65),
					on: v.boolean(),
					/** The push service refused the last time. */
					failing: v.boolean(),
					without,
				}),
			),
			/** `null`: the operator has no mail server. */
			mail: v.nullable(
				v.strictObject({
					/** Confirmed. */
					address: v.nullable(mailAddress),
					/** A code was sent and is waited for. */
					waiting: v.nullable(mailAddress),
					/** The mail server could not be reached the last time. */
					failing: v.boolean(),
				}),
			),
			/** What coordinators want a notice to say instead. Each device looks at it again before it shows it. */
			text: v.nullable(text(MAX_NOTICE_TEXT)),
		}),
	}),
	/** Wakes this browser from now on, through its push service. `rejected-link` (`push-service-is-known`) for any other address. */
	turnOn: route('PUT', '/api/notifications/push', 'device', {
		request: v.strictObject({ endpoint: text(MAX_ENDPOINT), /** `null`: as before. */ without: v.nullable(without) }),
	}),
	/** Forgets how this browser is reached, also under an earlier session of its account, where its address is given. */
	turnOff: route('POST', '/api/notifications/push/off', 'device', {
		request: v.strictObject({ endpoint: v.nullable(text(MAX_ENDPOINT)) }),
	}),
	/** Wakes this browser now, once; whether its push service took it. */
	trial: route('POST', '/api/notifications/push/trial', 'device', { answer: v.strictObject({ taken: v.boolean() }) }),
	/** Sends a code to a mailbox. The same answer at the same time whether or not anybody uses it already. */
	askMail: route('PUT', '/api/notifications/mail', 'device', { request: v.strictObject({ address: mailAddress, language }) }),
	/** The code that came: the mailbox is used from now on. */
	confirmMail: route('POST', '/api/notifications/mail/confirm', 'device', {
		request: v.strictObject({ code: v.pipe(v.string(), v.regex(/^\d{8}$/)) }),
		answer: v.strictObject({ confirmed: v.boolean() }),
	}),
	/** Forgets the mailbox. */
	removeMail: route('DELETE', '/api/notifications/mail', 'device'),
	/** What a notice says instead of the constant words; `null` for those. By coordinators; `malformed` with the rule it breaks. */
	setText: route('PUT', '/api/notifications/text', 'device', {
		request: v.strictObject({ text: v.nullable(v.string()) }),
	}),
};
