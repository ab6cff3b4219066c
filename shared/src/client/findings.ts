import { isProblem, type Problem } from '../problem.ts';
import type { SpaceId } from '../bytes/ids.ts';
import type { Ports } from './ports.ts';
import type { Topics } from './topics.ts';
import type { Finding } from './types.ts';

/** About one event or place. */
const FIXED: ReadonlySet<Finding['kind']> = new Set(['event-refused', 'missing', 'wrap-refused']);

/** What was refused, kept across reloads, so that it can be shown and reported. */
export class Findings {
	readonly #ports: Ports;
	readonly #topics: Topics;
	#list: readonly Finding[] = [];

	constructor(ports: Ports, topics: Topics) {
		this.#ports = ports;
		this.#topics = topics;
	}

	get list(): readonly Finding[] {
		return this.#list;
	}

	async load(): Promise<void> {
		const stored = await this.#ports.store.list<Finding>('notes', 'finding/');
		this.#list = stored.map(({ value }) => value);
	}

	/** The person has looked at what is here, or at what concerns one space. */
	async markSeen(space?: SpaceId): Promise<void> {
		const unseen = this.#list.filter((finding) => !finding.seen && (space === undefined || finding.space === space));
		if (unseen.length === 0) return;
		this.#list = this.#list.map((finding) => (unseen.includes(finding) ? { ...finding, seen: true } : finding));
		this.#topics.changed('findings');
		const seen = unseen.map((finding) => ({ ...finding, seen: true }));
		await this.#ports.store.write(seen.map((finding) => ({ bucket: 'notes', key: `finding/${finding.id}`, value: finding })));
	}

	/** Notes a refusal under what it is about; the same one again only counts. */
	async report(kind: Finding['kind'], subject: string, error: unknown, space: SpaceId | null = null): Promise<void> {
		const id = `${kind}/${subject}`;
		const before = this.#list.find((finding) => finding.id === id);
		const [code, rule] = isProblem(error) ? ([error.code, error.detail.rule ?? null] as const) : (['internal', null] as const);
		const finding: Finding = {
			id,
			kind,
			code,
			rule,
			space,
			since: before?.since ?? Math.floor(this.#ports.now() / 1000),
			times: (before?.times ?? 0) + 1,
			// What lies in one place for good is found there again with each visit, and is nothing new.
			seen: before?.seen === true && before.code === code && before.rule === rule && FIXED.has(kind),
		};
		this.#list = [...this.#list.filter((other) => other.id !== id), finding];
		this.#topics.changed('findings');
		await this.#ports.store.write([{ bucket: 'notes', key: `finding/${id}`, value: finding }]).catch(() => undefined);
	}
}

/** What a refusal says about the server: another history, or something it does not show. */
export function kindOf({ code, detail }: Problem): Finding['kind'] {
	if (detail.rule === 'one-history') return 'split-view';
	return code === 'unknown-sender' ? 'withheld' : 'event-refused';
}
