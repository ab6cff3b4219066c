import type { Cbor } from '@multaqa/shared/bytes/cbor';
import type { Hash, SpaceId } from '@multaqa/shared/bytes/ids';
import type { Client, SpaceView, StreamEvent } from '@multaqa/shared/client/types';
import { runningDecision, sealedOf } from '@multaqa/shared/positions/answers';
import { phaseOf } from '@multaqa/shared/positions/decision';
import type { Act } from '@multaqa/shared/positions/events';
import { issuesOf, type Issue } from '@multaqa/shared/positions/issues';
import { answerOf } from '@multaqa/shared/positions/kept-answer';
import type { Decision, Register } from '@multaqa/shared/positions/register-types';
import { registerOf } from '@multaqa/shared/positions/register';
import { refusalOf } from '@multaqa/shared/positions/rules';
import { headOf } from '@multaqa/shared/positions/stance-rules';
import { isFacilitator, type Actor } from '@multaqa/shared/positions/standing';
import { todayAnywhere } from '@multaqa/shared/positions/days';
import { standingOf } from '@multaqa/shared/positions/standing-of';
import { keptAnswers } from './kept-answers.ts';
import { voiceOf } from './voice-of.ts';

/** Programs of several people would do it at once: who is first saves the others the work. */
const SPREAD_MS = 4_000;
const LOOK_MS = 30_000;

type Acting = { readonly issue: Issue; readonly act: Act };

/**
 * What this person's program does about positions by itself, while it is open: sealed answers of the own organisation are opened once their
 * round has ended, and a round whose close time has come is ended by those who facilitate.
 */
export function actByItself(client: Client): () => void {
	const done = new Set<Hash>();
	const timers = new Map<SpaceId, ReturnType<typeof setTimeout>>();
	const watched = new Map<SpaceId, () => void>();
	const look = (id: SpaceId) => {
		const space = client.status.phase === 'open' ? client.spaces.find((one) => one.id === id) : undefined;
		if (!space?.writable || timers.has(id) || dueIn(client, space).length === 0) return;
		const soon = () => {
			timers.delete(id);
			void act(client, id, done);
		};
		timers.set(id, setTimeout(soon, Math.random() * SPREAD_MS));
	};
	const lookAll = () => {
		for (const { id } of client.spaces) {
			if (!watched.has(id))
				watched.set(
					id,
					client.watch(`space:${id}`, () => look(id)),
				);
			look(id);
		}
	};
	const stops = [client.watch('spaces', lookAll), client.watch('letters', lookAll)];
	const interval = setInterval(lookAll, LOOK_MS);
	lookAll();
	return () => {
		clearInterval(interval);
		for (const timer of timers.values()) clearTimeout(timer);
		for (const stop of [...stops, ...watched.values()]) stop();
	};
}

/** Does what is still due, each thing once: what failed is left to the next visit. */
async function act(client: Client, id: SpaceId, done: Set<Hash>): Promise<void> {
	const space = client.spaces.find((one) => one.id === id);
	if (client.status.phase !== 'open' || !space) return;
	for (const { issue, act } of dueIn(client, space)) {
		const about = 'decision' in act.content ? act.content.decision : 'version' in act.content ? act.content.version : null;
		if (about === null || done.has(about)) continue;
		done.add(about);
		await client.append(space.id, issue.stream, act.type, act.content as unknown as Cbor, voiceOf(act)).catch(() => done.delete(about));
	}
}

/** Streams, as they stand, in which nothing is decided just now. */
const quiet = new WeakSet<readonly StreamEvent[]>();

/** What this person's program should do in a space now. */
export function dueIn(client: Client, space: SpaceView): readonly Acting[] {
	const now = Math.floor(Date.now() / 1000);
	const issues = issuesOf(client.events(space.id, space.index));
	const standing = standingOf(client, space.id);
	return issues.flatMap((issue) => {
		const events = client.events(space.id, issue.stream);
		if (quiet.has(events)) return [];
		const register = registerOf(events, { standing, opener: issue.opener, withWaiting: true });
		const running = runningDecision(register.decisions);
		if (!running) {
			quiet.add(events);
			return [];
		}
		return [...openingOf(client, space, register, running), ...endingOf(space, running, now)].flatMap((act) => {
			const account = client.status.account;
			if (account === null) return [];
			const actor: Actor = { account, role: space.role, voice: voiceOf(act), time: now, today: todayAnywhere(now), at: null };
			return refusalOf(act, actor, { register, standing, opener: issue.opener }) ? [] : [{ issue, act }];
		});
	});
}

function endingOf({ role }: SpaceView, decision: Decision, now: number): readonly Act[] {
	const isDue = isFacilitator(role) && phaseOf(decision, now) === 'due';
	return isDue ? [{ type: 'decision.end', content: { decision: decision.id } }] : [];
}

function openingOf(client: Client, space: SpaceView, register: Register, decision: Decision): readonly Act[] {
	const { account } = client.status;
	const organisation = account !== null && space.may.speakForOrganisation ? client.directory.organisationOf(account, null) : null;
	if (!decision.terms.hidden || !decision.ended || organisation === null) return [];
	const sealed = sealedOf(decision, organisation);
	if (!sealed || decision.opened.has(sealed.id)) return [];
	const kept = answerOf(keptAnswers(client, organisation), decision.id, sealed.commitment);
	if (!kept) return [];
	const after = headOf(register, decision.terms.version, organisation);
	return [{ type: 'stance.take', content: { ...kept.answer, after, opens: { seal: sealed.id, salt: kept.salt } } }];
}
