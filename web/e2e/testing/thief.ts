import { client, ready, server } from '@serenity-kit/opaque';
import Database from 'better-sqlite3';
import { join } from 'node:path';
import { complete, headsOf } from '@multaqa/shared/chain/abridged';
import { accountOf } from '@multaqa/shared/chain/user-log';
import { acceptLink, emptyWorld, type World } from '@multaqa/shared/chain/world';
import { unwrapGeneration } from '@multaqa/shared/client/generations';
import { handleOf, passphraseUnlockSecret, sheetUnlockSecret } from '@multaqa/shared/client/credentials';
import { derive } from '@multaqa/shared/crypto/derive';
import { signingKeyFromSeed } from '@multaqa/shared/crypto/sign';
import { openEvent, readEnvelope, streamKey } from '@multaqa/shared/log/envelope';
import { fromBase64url } from '@multaqa/shared/bytes/bytes';
import { idOf, type AccountId, type ChainId, type SpaceId, type StreamId } from '@multaqa/shared/bytes/ids';
import { keyStretching } from './headless.ts';
import { generationName, type VaultContent } from '@multaqa/shared/vault/content';
import { readSheetCode } from '@multaqa/shared/vault/sheet';
import { openVault } from '@multaqa/shared/vault/vault';

interface EventRow {
	space: SpaceId;
	stream: StreamId;
	position: number;
	envelope: Uint8Array;
}
interface WrapRow {
	space: SpaceId;
	generation: number;
	bytes: Uint8Array;
}

/** Somebody who copied the server's database and has what a person once had. */
export class Thief {
	readonly #db: Database.Database;

	constructor(folder: string) {
		this.#db = new Database(join(folder, 'forum.db'), { readonly: true });
	}

	close(): void {
		this.#db.close();
	}

	events(space: SpaceId): EventRow[] {
		return this.#db.prepare('select * from events where space = ? order by position').all(space) as EventRow[];
	}

	vaultOf(account: string): Uint8Array {
		return (this.#db.prepare('select blob from vaults where account = ?').get(account) as { blob: Uint8Array }).blob;
	}

	sessions(): { id: string }[] {
		return this.#db.prepare('select id from sessions').all() as { id: string }[];
	}

	/**
	 * Plays both halves of OPAQUE with the server's own secrets and record, as whoever seized it can, and tries what
	 * comes out on the vault.
	 */
	async openWithPassphrase(account: AccountId, name: string, passphrase: string, accountSecret: Uint8Array | null): Promise<string> {
		await ready;
		const forum = idOf<ChainId>(
			Buffer.from((this.#first('links', "kind = 'directory' and seq = 0") as { chain: string }).chain, 'base64url'),
		);
		const handle = handleOf(forum, name);
		const { record } = this.#first('passphrases', `handle = '${handle}'`) as { record: string };
		const serverSetup = (this.#first('settings', "name = 'opaque-server-setup'") as { value: string }).value;
		const { clientLoginState, startLoginRequest } = client.startLogin({ password: passphrase });
		const { loginResponse } = server.startLogin({ serverSetup, userIdentifier: handle, registrationRecord: record, startLoginRequest });
		const done = client.finishLogin({ clientLoginState, loginResponse, password: passphrase, keyStretching });
		if (!done) return 'wrong passphrase';
		const secret = await passphraseUnlockSecret(fromBase64url(done.exportKey), accountSecret ?? new Uint8Array(16));
		return openVault(account, this.vaultOf(account), 'passphrase', secret, 0).then(
			() => 'opened',
			(error: unknown) => (error as { code: string }).code,
		);
	}

	#first(table: string, where: string): unknown {
		return this.#db.prepare(`select * from ${table} where ${where}`).get();
	}

	/** The vault as its owner's recovery sheet opens it: everything the person ever held. */
	async openWithSheet(code: string): Promise<{ account: string; content: VaultContent }> {
		const root = readSheetCode(code);
		const identity = await signingKeyFromSeed(await derive(root, 'identity-key'));
		const account = accountOf(identity.publicKey);
		const { content } = await openVault(account, this.vaultOf(account), 'sheet', await sheetUnlockSecret(root), 0);
		return { account, content };
	}

	/** How many events of a space open with these keys, and with every wrap in the database that these seeds open. */
	async readable(space: SpaceId, { generations, userKeys }: Pick<VaultContent, 'generations' | 'userKeys'>): Promise<number[]> {
		const keys = new Map(Object.entries(generations));
		const roster = (await this.#world()).rosters.get(space)!;
		for (const { generation, bytes } of this.#db.prepare('select * from wraps where space = ?').all(space) as WrapRow[]) {
			for (const seed of userKeys) {
				const key = await unwrapGeneration(seed, bytes, roster, generation).catch(() => null);
				if (key) keys.set(generationName(space, generation), key);
			}
		}
		const opened: number[] = [];
		for (const { stream, position, envelope } of this.events(space)) {
			for (const [name, key] of keys) if (name.startsWith(space) && (await opens(key, space, stream, envelope))) opened.push(position);
		}
		return opened;
	}

	async #world(): Promise<World> {
		let world = emptyWorld;
		const rows = this.#db.prepare('select bytes from links order by entry').all() as { bytes: Uint8Array }[];
		for (const { bytes } of rows) world = await acceptLink(world, complete(new Uint8Array(bytes), headsOf(world)));
		return world;
	}
}

async function opens(key: Uint8Array, space: SpaceId, stream: StreamId, envelope: Uint8Array): Promise<boolean> {
	try {
		await openEvent(await streamKey(key, space, stream), readEnvelope(new Uint8Array(envelope)), space, stream);
		return true;
	} catch {
		return false;
	}
}
