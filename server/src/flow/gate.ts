import type { AccountId } from '@multaqa/shared/bytes/ids';
import { Problem } from '@multaqa/shared/problem';

/**
 * How many requests are under way. Whatever stands behind them (the line of the group commit, the ledger's lock, the
 * database) is never longer than this: bounding the door bounds every queue in the house.
 */
export interface Gate {
	/**
	 * Comes in; the answer leaves again.
	 * @param who `null`: a stranger. They have a door of their own, so that they keep no member out.
	 * @throws Problem `too-many-attempts`, `storage-unavailable`
	 */
	enter(who: AccountId | null): () => void;
	/** Requests under way. */
	readonly load: { readonly members: number; readonly strangers: number };
}

export interface GateLimits {
	readonly members: number;
	readonly strangers: number;
	/** Of one account, in all its browsers. */
	readonly account: number;
}

/** A browser has six connections, or a hundred streams behind a proxy that speaks HTTP/2. */
export const GATE_LIMITS: GateLimits = { members: 1_000, strangers: 200, account: 120 };
/** Seconds. */
const SOON = 2;

export function createGate(limits: GateLimits = GATE_LIMITS): Gate {
	const load = { members: 0, strangers: 0 };
	const accounts = new Map<AccountId, number>();

	function enterStranger() {
		if (load.strangers >= limits.strangers) throw new Problem('too-many-attempts', { retryAfter: SOON });
		load.strangers++;
		return once(() => void load.strangers--);
	}

	return {
		load,
		enter(who) {
			if (who === null) return enterStranger();
			const own = accounts.get(who) ?? 0;
			if (own >= limits.account) throw new Problem('too-many-attempts', { retryAfter: SOON });
			if (load.members >= limits.members) throw new Problem('storage-unavailable', { retryAfter: SOON });
			load.members++;
			accounts.set(who, own + 1);
			return once(() => {
				load.members--;
				const left = (accounts.get(who) ?? 1) - 1;
				if (left > 0) accounts.set(who, left);
				else accounts.delete(who);
			});
		},
	};
}

function once(leave: () => void): () => void {
	let left = false;
	return () => {
		if (!left) leave();
		left = true;
	};
}
