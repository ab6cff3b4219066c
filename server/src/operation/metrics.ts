import type { Appender } from '@multaqa/db/group-commit';
import type { ProblemCode } from '@multaqa/shared/problem';
import { monitorEventLoopDelay } from 'node:perf_hooks';

/** What a server counts of itself: how much and how long, never who, what or from where. */
export interface Metrics {
	request(status: number): void;
	failed(code: ProblemCode): void;
	/** The same appender, whose work is counted. */
	measured(appender: Appender): Appender;
	/** Prometheus' text format (0.0.4). */
	text(state: ServerState): string;
	/** Appends that are not on the disk yet. */
	readonly waiting: number;
	close(): void;
}

/** What is asked only when somebody looks. */
export interface ServerState {
	readonly sockets: number;
	readonly databaseBytes: number;
	/** `null`: it lies on another machine. */
	readonly freeBytes: number | null;
}

/** Seconds. Up to a hundredth it is a good disk, from one on it is a bad one. */
const BOUNDS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5];
const LOOP_RESOLUTION = 20;
const NANO = 1e9;

/** @param watched whether anybody reads the figures: otherwise the process is not woken to measure its own lateness */
export function createMetrics(watched: boolean): Metrics {
	const requests = new Map<string, number>();
	const failures = new Map<string, number>();
	const commits = { bounds: BOUNDS.map(() => 0), sum: 0, count: 0 };
	const counts = { events: 0, waiting: 0 };
	const loop = monitorEventLoopDelay({ resolution: LOOP_RESOLUTION });
	if (watched) loop.enable();

	const observe = (seconds: number) => {
		commits.count++;
		commits.sum += seconds;
		BOUNDS.forEach((bound, place) => {
			if (seconds <= bound) commits.bounds[place] = (commits.bounds[place] ?? 0) + 1;
		});
	};
	return {
		request: (status) => increase(requests, `${Math.floor(status / 100)}xx`),
		failed: (code) => increase(failures, code),
		measured: (appender) => ({
			...appender,
			get load() {
				return appender.load;
			},
			async append(append) {
				const began = performance.now();
				counts.waiting++;
				try {
					const places = await appender.append(append);
					counts.events += places.filter(({ fresh }) => fresh).length;
					observe((performance.now() - began) / 1000);
					return places;
				} finally {
					counts.waiting--;
				}
			},
		}),
		get waiting() {
			return counts.waiting;
		},
		text(state) {
			const text = [
				family('requests_total', 'counter', 'Answered requests of the API by class of status.', labelled(requests, 'status')),
				family('failures_total', 'counter', 'Refused and failed requests by kind.', labelled(failures, 'kind')),
				family('events_total', 'counter', 'Events that were taken.', [['', counts.events]]),
				histogram('append_seconds', 'From the arrival of an append until it is on the disk.', commits),
				family('appends_waiting', 'gauge', 'Appends that are not on the disk yet.', [['', counts.waiting]]),
				...gauges(state, loop),
			];
			loop.reset();
			return text.join('');
		},
		close: () => void loop.disable(),
	};
}

const increase = (counts: Map<string, number>, name: string) => void counts.set(name, (counts.get(name) ?? 0) + 1);

type Sample = readonly [labels: string, value: number];

const labelled = (counts: ReadonlyMap<string, number>, label: string): Sample[] =>
	[...counts].map(([value, count]) => [`{${label}="${value}"}`, count]);

function family(name: string, type: 'counter' | 'gauge', help: string, samples: readonly Sample[]): string {
	const lines = samples.map(([labels, value]) => `multaqa_${name}${labels} ${value}\n`);
	return `# HELP multaqa_${name} ${help}\n# TYPE multaqa_${name} ${type}\n${lines.join('')}`;
}

function histogram(name: string, help: string, { bounds, sum, count }: { bounds: readonly number[]; sum: number; count: number }): string {
	const buckets = BOUNDS.map((bound, place) => `multaqa_${name}_bucket{le="${bound}"} ${bounds[place] ?? 0}\n`).join('');
	const rest = `multaqa_${name}_bucket{le="+Inf"} ${count}\nmultaqa_${name}_sum ${sum}\nmultaqa_${name}_count ${count}\n`;
	return `# HELP multaqa_${name} ${help}\n# TYPE multaqa_${name} histogram\n${buckets}${rest}`;
}

function gauges({ sockets, databaseBytes, freeBytes }: ServerState, loop: ReturnType<typeof monitorEventLoopDelay>): string[] {
	const { rss, heapUsed } = process.memoryUsage();
	return [
		family('sockets', 'gauge', 'Open realtime lines.', [['', sockets]]),
		family('database_bytes', 'gauge', 'Size of the database.', [['', databaseBytes]]),
		...(freeBytes === null ? [] : [family('disk_free_bytes', 'gauge', 'Room left where the data is.', [['', freeBytes]])]),
		family('resident_bytes', 'gauge', 'Memory of the process.', [['', rss]]),
		family('heap_bytes', 'gauge', 'Memory that the program itself uses.', [['', heapUsed]]),
		family('event_loop_lag_seconds', 'gauge', 'How late the process was since the last look.', [
			['{quantile="0.5"}', loop.percentile(50) / NANO],
			['{quantile="0.99"}', loop.percentile(99) / NANO],
			['{quantile="1"}', loop.max / NANO],
		]),
		family('start_time_seconds', 'gauge', 'When the process began, to the hour.', [['', startHour]]),
	];
}

const HOUR = 3_600;
const startHour = Math.floor((Date.now() / 1000 - process.uptime()) / HOUR) * HOUR;
