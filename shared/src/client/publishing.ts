import { publications } from '../api/index.ts';
import type { Bytes } from '../bytes/bytes.ts';
import { idBytes, type SpaceId, type StreamId } from '../bytes/ids.ts';
import { derive } from '../crypto/derive.ts';
import type { PublishingActions } from './actions.ts';
import type { ForumCore } from './forum-core.ts';

/** Brings statements out, as far as one coordinator alone can: every step is signed by this device. */
export class Publishing implements PublishingActions {
	readonly #forum: Pick<ForumCore, 'ports' | 'keys'>;

	constructor(forum: Pick<ForumCore, 'ports' | 'keys'>) {
		this.#forum = forum;
	}

	async propose(space: SpaceId, address: string, bytes: Bytes): Promise<void> {
		const { ports, keys } = this.#forum;
		await ports.transport.call(publications.propose, { params: { space, address }, request: { bytes }, prove: keys.prove });
	}

	async waiting(space: SpaceId, address: string): Promise<Bytes> {
		const answer = await this.#forum.ports.transport.call(publications.waiting, { params: { space, address }, request: {} });
		return new Uint8Array(answer.bytes);
	}

	async confirm(space: SpaceId, address: string, digest: string): Promise<void> {
		const { ports, keys } = this.#forum;
		await ports.transport.call(publications.confirm, { params: { space, address }, request: { digest }, prove: keys.prove });
	}

	/** Of the root of the account, so that a lost device holds no order up. */
	seed(stream: StreamId): Promise<Bytes> {
		return derive(this.#forum.keys.content.root, 'order-seed', [idBytes(stream)]);
	}
}
