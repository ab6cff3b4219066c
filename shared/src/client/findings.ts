import { isProblem } from '../problem.ts';
import type { SpaceId } from '../bytes/ids.ts';
import type { Ports } from './ports.ts';
import type { Topics } from './topics.ts';
import type { Finding } from './types.ts';

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

	/** The person has looked at what is here. */
	async markSeen(): Promise<void> {
		const unseen = this.#list.filter(({ seen }) => !seen);
		if (unseen.length === 0) return;
		this.#list = this.#list.map((finding) => ({ ...finding, seen: true }));
		this.#topics.changed('findings');
		const seen = unseen.map((finding) => ({ ...finding, seen: true }));
		await this.#ports.store.write(seen.map((finding) => ({ bucket: 'notes', key: `finding/${finding.id}`, value: finding })));
	}

	/** Notes a refusal under what it is about; the same one again only counts. */
	async report(kind: Finding['kind'], subject: string, error: unknown, space: SpaceId | null = null): Promise<void> {
		const id = `${kind}/${subject}`;
		const before = this.#list.find((finding) => finding.id === id);
		const finding: Finding = {
			id,
			kind,
			code: isProblem(error) ? error.code : 'internal',
			rule: isProblem(error) ? (error.detail.rule ?? null) : null,
			space,
			since: before?.since ?? Math.floor(this.#ports.now() / 1000),
			times: (before?.times ?? 0) + 1,
			seen: false,
		};
		this.#list = [...this.#list.filter((other) => other.id !== id), finding];
		this.#topics.changed('findings');
		await this.#ports.store.write([{ bucket: 'notes', key: `finding/${id}`, value: finding }]).catch(() => undefined);
	}
}
