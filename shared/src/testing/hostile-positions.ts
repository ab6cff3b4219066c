import type { VerifiedEvent } from '../client/types.ts';
import { registerOf } from '../positions/register.ts';
import { reservationsOf } from '../positions/reservations.ts';
import { rowOf, unconfirmedFor } from '../positions/rows.ts';
import { CLOSES, Council, fatima, hash, NOON, org, standing, terms } from './council.ts';
import { countOf, doubtsOf } from '../positions/decision.ts';

/** Ids as `sample.ts` writes them, so that what is read cites something that is there. */
const [LONG, SHORT] = ['A'.repeat(43), 'A'.repeat(22)];

/** An issue that has come so far; the last thing has the id that is cited. */
function begun(...said: readonly ('version' | 'open' | 'hidden' | 'ended' | 'stance')[]): Council {
	const room = new Council(standing({}, ['sham']));
	const nameOf = (what: (typeof said)[number]) => (what === said.findLast((one) => one !== 'ended') ? LONG : what);
	const version = hash(nameOf('version'));
	const decision = hash(nameOf(said.includes('hidden') ? 'hidden' : 'open'));
	for (const what of said) {
		const hidden = what === 'hidden' ? { opening: 86_400 } : null;
		if (what === 'version')
			room.says(fatima, 'position.propose', { after: null, paragraphs: TEXT, reason: null, frozen: null, takes: [] }, version);
		else if (what === 'stance') room.takes('sham.omar', { version }, LONG);
		else if (what === 'ended') room.says(fatima, 'decision.end', { decision }, 'end', { at: CLOSES - NOON });
		else room.says(fatima, 'decision.open', terms(['sham'], { version, hidden }), decision);
	}
	return room;
}

const TEXT = [{ id: SHORT, ar: 'نص', en: 'text' }];
const rooms = [
	begun('version'),
	begun('version', 'stance'),
	begun('version', 'open'),
	begun('version', 'open', 'ended'),
	begun('version', 'hidden'),
	begun('version', 'hidden', 'ended'),
];

/** Reads an event of somebody who may do everything, in issues that have begun. */
export function readAmongOthers(event: VerifiedEvent): void {
	for (const room of rooms) {
		const said = { ...event, role: 'coordinator', voice: 'organisation', author: 'sham.rima', time: CLOSES };
		const stream = [
			...room.events,
			{ ...said, id: 'hostile', position: 1_000 },
			{ ...said, id: 'again', position: 1_001, time: 0 },
		] as unknown as VerifiedEvent[];
		const register = registerOf(stream, { standing: room.standing, opener: null });
		for (const version of register.versions) {
			rowOf(register, org('sham'), version, CLOSES);
			reservationsOf(register, register.entries.values());
			unconfirmedFor(register, version, [org('sham')], CLOSES);
		}
		for (const decision of register.decisions) {
			countOf(decision, register);
			doubtsOf(decision, register, CLOSES);
		}
	}
}
