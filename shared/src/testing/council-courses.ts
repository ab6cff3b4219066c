import * as fc from 'fast-check';
import type { Hash } from '../bytes/ids.ts';
import { countOf } from '../positions/decision.ts';
import { RESULTS, VALUES, type Stance } from '../positions/events.ts';
import type { Decision } from '../positions/register-types.ts';
import { headOf } from '../positions/stance-rules.ts';
import { CLOSES, Council, fatima, hash, NOON, org, paragraph, REASON, reservation, standing, stance, terms } from './council.ts';

const DAY = 24 * 60 * 60;
export const ORGANISATIONS = ['sham', 'furat', 'zaytun', 'qalam', 'badil'] as const;
/** The last one is no representative. */
const PERSONS = ['rima', 'omar', 'hala', 'member'] as const;
const NEIGHBOURHOODS = { الداخل: ['sham', 'furat', 'badil'], الشتات: ['zaytun', 'qalam'] };
/** «furat» asks for two. */
export const councilStanding = standing(NEIGHBOURHOODS, ['furat']);

const EVERYTHING = [
	'take',
	'blind',
	'withdraw',
	'take-back',
	'second',
	'seal',
	'open',
	'suggest',
	'decline',
	'settle',
	'propose',
	'decide',
	'end',
	'close',
] as const;

/** Something that somebody tries, honestly or not. */
export interface Step {
	readonly kind: (typeof EVERYTHING)[number];
	readonly organisation: number;
	readonly person: number;
	readonly value: number;
	/** Seconds around the close time by which the author's clock says that it is. */
	readonly clock: number;
	/** Opens as it was sealed, closes as it was counted. */
	readonly isHonest: boolean;
}

const stepOf = (...kinds: Step['kind'][]): fc.Arbitrary<Step> =>
	fc.record({
		kind: fc.constantFrom(...kinds),
		organisation: fc.nat(ORGANISATIONS.length - 1),
		person: fc.nat(PERSONS.length - 1),
		value: fc.nat(VALUES.length - 1),
		clock: fc.constantFrom(-DAY, -60, 0, 60, 5 * DAY),
		isHonest: fc.boolean(),
	});

const many = (most: number, ...kinds: Step['kind'][]) => fc.array(stepOf(...kinds, ...EVERYTHING), { maxLength: most, size: 'max' });
export const takes = fc.array(stepOf('take'), { maxLength: 15, size: 'max' });
const must = (kind: Step['kind']): fc.Arbitrary<Step[]> =>
	stepOf(kind).map((step) => [{ ...step, clock: kind === 'close' ? 5 * DAY : 0, isHonest: true }]);

/** What is tried before a decision, while it runs, once it has ended, and after it was closed. */
export const steps: fc.Arbitrary<Step[]> = fc
	.tuple(
		many(6, 'take', 'take', 'second'),
		must('decide'),
		many(25, 'take', 'take', 'seal', 'seal', 'second', 'second'),
		must('end'),
		many(20, 'open', 'open', 'open', 'open', 'take'),
		must('close'),
		many(10),
	)
	.map((phases) => phases.flat());

/** An issue after all steps were tried; what is forbidden is said all the same. */
export function courseOf(tried: readonly Step[], isHidden: boolean): Council {
	const room = new Course(isHidden).begins();
	for (const [place, one] of tried.entries()) room.tries(one, `e${place}`);
	return room;
}

class Course extends Council {
	readonly #isHidden: boolean;
	readonly #sealed = new Map<Hash, { readonly answer: Stance; readonly salt: Hash }>();

	constructor(isHidden: boolean) {
		super(councilStanding);
		this.#isHidden = isHidden;
	}

	tries(step: Step, name: string): void {
		const { kind, organisation: number, person, clock } = step;
		const by = `${ORGANISATIONS[number]}.${PERSONS[person]}`;
		const at = { at: CLOSES - NOON + clock };
		const { register } = this;
		const decision = register.decisions.at(-1);
		const own = org(ORGANISATIONS[number] ?? '');
		const head = headOf(register, this.version.id, own) ?? hash('nothing');
		const id = decision?.id ?? hash('nothing');
		switch (kind) {
			case 'take':
			case 'blind':
				return void this.takes(by, this.#answer(step), name, at);
			case 'withdraw':
				return void this.says(by, 'stance.withdraw', { said: head, reason: null }, name, at);
			case 'take-back':
				return void this.says(by, 'stance.withdraw', { said: decision?.seals.get(own)?.head?.id ?? head, reason: null }, name, at);
			case 'second':
				return this.#seconds(name, PERSONS[person] ?? '', at);
			case 'seal':
				return this.#sealsAnswer(step, by, name, id, at);
			case 'open':
				return this.#opens(step, name, decision);
			case 'suggest':
				return void this.suggests(by, { ...this.#words(step, name), for: this.#reservation(number) }, name, at);
			case 'decline':
				return void this.says(by, 'wording.decline', { wording: this.#suggested(number), reason: REASON }, name, at);
			case 'settle':
				return this.#settles(step, name, at);
			case 'propose':
				return this.#proposes(step, name);
			case 'decide':
				return void this.says(fatima, 'decision.open', this.#terms(), name);
			case 'end':
				return void this.says(fatima, 'decision.end', { decision: id }, name, at);
			case 'close':
				return this.#closes(step, name, decision, at);
		}
	}

	#answer({ kind, organisation, value: chosen }: Step): Stance {
		const { id: version } = this.version;
		const value = VALUES[chosen] ?? 'support';
		const after = kind === 'blind' ? null : headOf(this.register, version, org(ORGANISATIONS[organisation] ?? ''));
		const suggestion = this.register.wordings.has(this.#suggested(chosen)) ? this.#suggested(chosen) : null;
		const reservations = value === 'support-with-reservations' ? [{ ...reservation('تحفّظ', null), suggestion }] : [];
		return stance({ version, after, value, reason: REASON, principle: 'عدم الإضرار', reservations });
	}

	/** Words for the newest version, or those that it has. */
	#words({ isHonest }: Step, name: string) {
		const [first] = this.version.paragraphs;
		return {
			version: this.version.id,
			paragraph: first?.id ?? '',
			ar: isHonest ? name : (first?.ar ?? ''),
			en: isHonest ? '' : (first?.en ?? ''),
		};
	}

	#suggested(place: number): Hash {
		const ids = [...this.register.wordings.keys()];
		return ids[place % Math.max(1, ids.length)] ?? hash('nothing');
	}

	/** The last reservation of an organisation, or of nobody. */
	#reservation(organisation: number) {
		const entry = [...this.register.entries.values()].findLast(
			({ stance: said, organisation: of }) => of === org(ORGANISATIONS[organisation] ?? '') && (said?.reservations.length ?? 0) > 0,
		);
		return entry ? { stance: entry.id, place: 0 } : null;
	}

	#settles({ organisation, person, isHonest }: Step, name: string, at: { at: number }): void {
		const ref = this.#reservation(organisation) ?? { stance: hash('nothing'), place: 0 };
		if (isHonest)
			this.says(
				`${ORGANISATIONS[organisation]}.${PERSONS[person]}`,
				'reservation.settle',
				{ reservation: ref, as: 'kept', version: null },
				name,
				at,
			);
		else this.says(fatima, 'reservation.settle', { reservation: ref, as: 'accepted', version: this.version.id }, name, at);
	}

	/** A new text with suggested words in it, or without them, and says that it takes them. */
	#proposes({ organisation: place, isHonest }: Step, name: string): void {
		const id = this.#suggested(place);
		const suggested = this.register.wordings.get(id);
		const words = suggested && isHonest ? suggested : paragraph('one', name);
		this.changes(
			unpadded(this.version.id),
			name,
			[{ ...paragraph('one'), ar: words.ar, en: words.en }],
			fatima,
			'بعد الملاحظات',
			suggested ? [id] : [],
		);
	}

	#seconds(name: string, person: string, at: { at: number }): void {
		const waiting = [...this.register.entries.values()].findLast(({ state }) => state === 'waits-for-second');
		this.says(`furat.${person}`, 'stance.second', { said: waiting?.id ?? hash('nothing') }, name, at);
	}

	#sealsAnswer(step: Step, by: string, name: string, decision: Hash, at: { at: number }): void {
		const [answer, salt] = [this.#answer(step), hash(`salt${name}`)];
		this.#sealed.set(this.seals(by, answer, salt, name, at, unpadded(decision)), { answer, salt });
	}

	#opens(step: Step, name: string, decision: Decision | undefined): void {
		const sealed = [...(decision?.seals.values() ?? [])].flatMap(({ current }) => current ?? []);
		const { id: seal, by } = sealed[step.organisation % Math.max(1, sealed.length)] ?? { id: hash('nothing'), by: 'sham.rima' };
		const { answer, salt } = this.#sealed.get(seal) ?? { answer: this.#answer(step), salt: hash('salt') };
		const said = step.isHonest ? answer : this.#answer(step);
		this.says(by, 'stance.take', { ...said, opens: { seal, salt } }, name, { at: 2 * DAY });
	}

	#terms() {
		const constituencies = Object.entries(NEIGHBOURHOODS).map(([name, members]) => ({
			name,
			of: members.map((member) => ORGANISATIONS.findIndex((organisation) => organisation === member)),
		}));
		return { ...terms(ORGANISATIONS, { version: this.version.id, hidden: this.#isHidden ? { opening: DAY } : null }), constituencies };
	}

	#closes({ value, isHonest }: Step, name: string, decision: Decision | undefined, at: { at: number }): void {
		const counted = decision && countOf(decision, this.register)?.result;
		const result = (isHonest && counted) || RESULTS[value % RESULTS.length];
		const words = { outcome: { ar: 'خلاصة', en: '' }, reasons: 'أسباب', review: 21_000 };
		this.says(fatima, 'decision.close', { decision: decision?.id ?? hash('nothing'), result, ...words }, name, at);
	}
}

const unpadded = (id: string): string => id.replace(/A+$/, '');
