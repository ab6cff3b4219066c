import type { Connection } from '@multaqa/db/database';
import type { Appender } from '@multaqa/db/group-commit';
import type { Published } from '@multaqa/shared/publication/published';
import type { Exchanges } from './accounts/exchanges.ts';
import type { Ledger } from './chain/ledger.ts';
import type { Allowance } from './flow/allowance.ts';
import type { Gate } from './flow/gate.ts';
import type { Room } from './flow/room.ts';
import type { Limits } from './limits.ts';
import type { Log } from './log.ts';
import type { Notifier } from './notifications/notifier.ts';
import type { Nodes } from './nodes/nodes.ts';
import type { Metrics } from './operation/metrics.ts';
import type { Realtime } from './realtime.ts';
import type { Sessions } from './session.ts';
import type { SetupToken } from './setup.ts';

/** Everything a handler may touch. */
export interface Context {
	/** Origin under which browsers reach the forum. */
	readonly publicUrl: string;
	readonly db: Connection;
	readonly ledger: Ledger;
	readonly nodes: Nodes;
	readonly appender: Appender;
	readonly sessions: Sessions;
	readonly realtime: Realtime;
	readonly limits: Limits;
	/** Requests under way. */
	readonly gate: Gate;
	/** Memory for large bodies while they arrive. */
	readonly rooms: { readonly members: Room; readonly strangers: Room };
	/** Bytes that accounts, and spaces, may have written in an hour: words, and pieces of attachments. */
	readonly allowances: Readonly<Record<'account' | 'space' | 'pieces', Allowance>>;
	readonly exchanges: Exchanges;
	readonly notifier: Notifier;
	readonly published: Published;
	readonly metrics: Metrics;
	/** Where the file of the database is; `null`: it is on another machine. */
	readonly dataDir: string | null;
	readonly setup: SetupToken;
	readonly log: Log;
	/** Bytes that all attachments together may take. */
	readonly attachmentRoom: number;
	/** Milliseconds since 1970. */
	readonly now: () => number;
	/** Hold answers against their schemas: in development and tests. */
	readonly checkAnswers: boolean;
}

/** Seconds since 1970, as links count time. */
export const secondsOf = ({ now }: Context): number => Math.floor(now() / 1000);
