import { notifications } from '../api/index.ts';
import type { AnswerOf, ParamsOf, RequestOf, Route } from '../api/route.ts';
import type { SpaceId } from '../bytes/ids.ts';
import { Problem } from '../problem.ts';
import { brokenNoticeRule } from '../text/notice-text.ts';
import type { NotificationActions } from './actions.ts';
import type { ForumCore } from './forum-core.ts';

/** What this browser and this account asked for, and what the operator offers. */
export type NotificationState = AnswerOf<typeof notifications.read>;

/** Being told while the page is closed: asked of the server, which learns where to knock and never has more to say than that. */
export class Notifications implements NotificationActions {
	readonly #forum: Pick<ForumCore, 'ports' | 'keys'>;
	readonly #names: () => readonly string[];

	/** @param names of forum, organisations and spaces: what a notice must not tell */
	constructor(forum: Pick<ForumCore, 'ports' | 'keys'>, names: () => readonly string[]) {
		this.#forum = forum;
		this.#names = names;
	}

	async read(): Promise<NotificationState> {
		const state = await this.#call(notifications.read, {});
		// The server knows no names: that a text holds none can only be seen here.
		const holds = state.text !== null && brokenNoticeRule(state.text, this.#names()) === null;
		return { ...state, text: holds ? state.text : null };
	}

	async turnOn(endpoint: string, without: readonly SpaceId[] | null): Promise<void> {
		await this.#call(notifications.turnOn, { endpoint, without: without && [...without] });
	}

	async turnOff(endpoint: string | null): Promise<void> {
		await this.#call(notifications.turnOff, { endpoint });
	}

	async trial(): Promise<boolean> {
		return (await this.#call(notifications.trial, {})).taken;
	}

	async askMail(address: string, language: 'ar' | 'en'): Promise<void> {
		await this.#call(notifications.askMail, { address, language });
	}

	async confirmMail(code: string): Promise<boolean> {
		return (await this.#call(notifications.confirmMail, { code })).confirmed;
	}

	async removeMail(): Promise<void> {
		await this.#call(notifications.removeMail, {});
	}

	async setText(text: string | null): Promise<void> {
		const rule = text === null ? null : brokenNoticeRule(text, this.#names());
		if (rule) throw new Problem('malformed', { rule });
		await this.#call(notifications.setText, { text });
	}

	#call<R extends Route>(route: R, request: RequestOf<R>): Promise<AnswerOf<R>> {
		const { ports, keys } = this.#forum;
		return ports.transport.call(route, { params: {} as ParamsOf<R>, request, prove: keys.prove });
	}
}
