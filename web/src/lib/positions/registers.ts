import type { AccountId, StreamId } from '@multaqa/shared/bytes/ids';
import type { StreamEvent } from '@multaqa/shared/client/types';
import type { SettingsHistory } from '@multaqa/shared/organisations/settings';
import type { Issue } from '@multaqa/shared/positions/issues';
import { registerOf } from '@multaqa/shared/positions/register';
import type { Register } from '@multaqa/shared/positions/register-types';
import type { Standing } from '@multaqa/shared/positions/standing';

/** An issue as everybody counts it, and with what this device has not sent yet. */
export interface ReadIssue {
	readonly counted: Register;
	readonly working: Register;
}

interface Known {
	readonly events: readonly StreamEvent[];
	readonly settings: SettingsHistory;
	readonly opener: AccountId | null;
	readonly read: ReadIssue;
}

/** Issues as they were read last: of two hundred only those in which something changed are read again. */
export class Registers {
	readonly #known = new Map<StreamId, Known>();
	readonly #standing: Standing;

	constructor(standing: Standing) {
		this.#standing = standing;
	}

	of({ stream, opener }: Pick<Issue, 'stream' | 'opener'>, events: readonly StreamEvent[], settings: SettingsHistory): ReadIssue {
		const before = this.#known.get(stream);
		if (before?.events === events && before.settings === settings && before.opener === opener) return before.read;
		const reading = { standing: this.#standing, opener };
		const counted = registerOf(events, reading);
		const hasWaiting = events.some((event) => event.verified && event.waiting);
		const read = { counted, working: hasWaiting ? registerOf(events, { ...reading, withWaiting: true }) : counted };
		this.#known.set(stream, { events, settings, opener, read });
		return read;
	}
}
