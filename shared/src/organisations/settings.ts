import * as v from 'valibot';
import type { AccountId, OrganisationId } from '../bytes/ids.ts';
import type { StreamEvent, VerifiedEvent } from '../client/types.ts';
import { once, readContent, written } from '../log/content.ts';

/** The event of a space's index stream by which a representative says, in the organisation's voice, how it wants to be dealt with. */
export const SETTINGS = 'organisation.settings';
/** Longest name of a constituency, in characters (UTF-16 units), and how many an organisation may say that it belongs to. */
export const CONSTITUENCY_LIMIT = 80;
export const MOST_CONSTITUENCIES = 6;

export const organisationEvents = {
	[SETTINGS]: v.strictObject({
		/** Two representatives speak for it, never one. */
		two: v.boolean(),
		/** As it declares itself: nobody else puts it into one. */
		constituencies: v.pipe(v.array(written(CONSTITUENCY_LIMIT)), v.maxLength(MOST_CONSTITUENCIES)),
	}),
} as const;

/** How an organisation wants to be dealt with in a space. */
export type Settings = v.InferOutput<(typeof organisationEvents)[typeof SETTINGS]>;

/** What holds of an organisation that has said nothing. */
export const NO_SETTINGS: Settings = { two: false, constituencies: [] };

/** Who may say it, of the directory. */
export interface Speakers {
	/** Who may bind which organisation, at the place that an event cites. */
	speaksFor(event: VerifiedEvent): OrganisationId | null;
	personOf(account: AccountId): AccountId;
}

/** One thing that a representative said about an organisation's settings. */
export interface Said {
	readonly settings: Settings;
	readonly by: AccountId;
	/** Seconds since 1970. */
	readonly time: number;
	readonly position: number;
	/** False while the organisation lets two speak, and no other person has said the same. */
	readonly holds: boolean;
}

/** What each organisation said, in the server's order. */
export type SettingsHistory = ReadonlyMap<OrganisationId, readonly Said[]>;

const read = once(({ type, content }: VerifiedEvent) => readContent(organisationEvents, type, content)?.content ?? null);

/**
 * Reads an index stream, in the server's order. Whatever an organisation that lets two speak wants changed, two have to say, one right after the other: or
 * one person alone could put aside that there are two.
 */
export function settingsIn(index: readonly StreamEvent[], { speaksFor, personOf }: Speakers): SettingsHistory {
	const history = new Map<OrganisationId, Said[]>();
	for (const event of index) {
		if (!event.verified || event.moderated?.barred === 'silenced') continue;
		const said = read(event);
		const organisation = said && speaksFor(event);
		if (!said || !organisation) continue;
		const before = history.get(organisation) ?? [];
		const settings = { ...said, constituencies: [...new Set(said.constituencies.map((name) => name.trim()))] };
		const last = before.at(-1);
		const isSecond = last !== undefined && isSame(last.settings, settings) && personOf(last.by) !== personOf(event.author);
		const holds = !settingsNow(before).two || (isSecond && !last.holds);
		history.set(organisation, [...before, { settings, by: event.author, time: event.time, position: event.position, holds }]);
	}
	return history;
}

/** What holds at a place in the space; of what waits to be sent only what was said before. */
export const settingsAt = (history: SettingsHistory, organisation: OrganisationId, position: number): Settings =>
	settingsNow((history.get(organisation) ?? []).filter((said) => position === Infinity || said.position < position));

/** What one person wants changed, and no other has said so far; `null` when nothing waits. */
export function settingsWaiting(history: SettingsHistory, organisation: OrganisationId): Said | null {
	const last = history.get(organisation)?.at(-1);
	return last && !last.holds ? last : null;
}

const settingsNow = (said: readonly Said[]): Settings => said.findLast(({ holds }) => holds)?.settings ?? NO_SETTINGS;

/** The same, whatever the order in which constituencies are told. */
export const isSame = (a: Settings, b: Settings): boolean =>
	a.two === b.two && JSON.stringify(a.constituencies.toSorted()) === JSON.stringify(b.constituencies.toSorted());
