import { operation } from '../api/index.ts';
import type { AnswerOf } from '../api/route.ts';
import type { OperationActions } from './actions.ts';
import type { ForumCore } from './forum-core.ts';

/** How the machine is doing, as it says itself. */
export type OperationState = AnswerOf<typeof operation.read>;

/** What coordinators of the host organisation see of the machine. */
export class Operation implements OperationActions {
	readonly #forum: Pick<ForumCore, 'ports'>;

	constructor(forum: Pick<ForumCore, 'ports'>) {
		this.#forum = forum;
	}

	read(): Promise<OperationState> {
		return this.#forum.ports.transport.call(operation.read, { params: {}, request: {} });
	}
}
