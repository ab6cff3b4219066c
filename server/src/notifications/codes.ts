import type { AccountId } from '@multaqa/shared/bytes/ids';
import { randomInt, timingSafeEqual } from 'node:crypto';
import { alone, type Nodes } from '../nodes/nodes.ts';
import type { MailLanguage } from './mail.ts';

/** A mailbox that its owner has not confirmed yet. */
export interface Unconfirmed {
	readonly address: string;
	readonly language: MailLanguage;
}

/** Mailboxes that wait for their code. In the memory of all nodes only: what was not confirmed is in no table. */
export interface Codes {
	/** A code for this mailbox; the one before is forgotten. */
	make(account: AccountId, mailbox: Unconfirmed): string;
	waitingFor(account: AccountId): Unconfirmed | null;
	/** The mailbox, if the code is right. After a few wrong ones it has to be asked for anew. */
	confirm(account: AccountId, code: string): Unconfirmed | null;
	forget(account: AccountId): void;
}

const LIFETIME = 30 * 60_000;
const MOST_TRIES = 5;
const MOST_WAITING = 10_000;

type Made = { readonly account: AccountId; readonly address: string; readonly language: MailLanguage; readonly code: string };

/** @param elsewhere told of a code that another node has made */
export function createCodes(
	now: () => number,
	nodes: Nodes = alone(),
	elsewhere: (made: Unconfirmed & { account: AccountId }) => void = () => {},
): Codes {
	const waiting = new Map<AccountId, Unconfirmed & { code: string; until: number; tries: number }>();
	const keep = ({ account, ...made }: Made) => {
		waiting.delete(account);
		if (waiting.size >= MOST_WAITING) waiting.delete(waiting.keys().next().value as AccountId);
		waiting.set(account, { ...made, until: now() + LIFETIME, tries: 0 });
	};
	const drop = (account: AccountId) => void waiting.delete(account);
	const tellMade = nodes.subject('code', (made: Made) => {
		keep(made);
		elsewhere(made);
	});
	const tellDropped = nodes.subject('code-over', drop);
	const alive = (account: AccountId) => {
		const entry = waiting.get(account);
		return entry && entry.until > now() && entry.tries < MOST_TRIES ? entry : null;
	};
	return {
		make(account, mailbox) {
			const code = String(randomInt(100_000_000)).padStart(8, '0');
			keep({ account, ...mailbox, code });
			tellMade({ account, ...mailbox, code });
			return code;
		},
		waitingFor: (account) => alive(account),
		confirm(account, code) {
			const entry = alive(account);
			if (!entry) return null;
			entry.tries++;
			if (!timingSafeEqual(Buffer.from(code), Buffer.from(entry.code))) return null;
			drop(account);
			tellDropped(account);
			return { address: entry.address, language: entry.language };
		},
		forget(account) {
			drop(account);
			tellDropped(account);
		},
	};
}
