import type { AnnouncementName, Announcements } from '../api/realtime.ts';
import type { AnswerOf, ParamsOf, RequestOf, Route } from '../api/route.ts';
import type { Bytes } from '../bytes/bytes.ts';

/** Signs one request for a route with `device` access; answers the value of the `device-proof` header. */
export type ProveDevice = (method: string, path: string, body: Uint8Array) => Promise<string>;

export interface TransportCall<R extends Route> {
	readonly params: ParamsOf<R>;
	readonly request: RequestOf<R>;
	readonly prove?: ProveDevice;
}

export interface TransportListener {
	/** The line is open: time to catch up. */
	opened(): void;
	/** The line is lost; the transport tries again by itself. */
	closed(): void;
	announced<Name extends AnnouncementName>(name: Name, payload: Announcements[Name]): void;
}

/** How the engine reaches the server. Everything it answers is untrusted. */
export interface Transport {
	/**
	 * One HTTP exchange. The answer has the route's schema.
	 * @throws Problem as the server answered it; `offline` when it could not be reached;
	 *   `malformed` when the answer is not of the schema
	 */
	call<R extends Route>(route: R, call: TransportCall<R>): Promise<AnswerOf<R>>;
	/** Opens the realtime line; answers the function that closes it for good. */
	listen(listener: TransportListener): () => void;
}

/**
 * Keys and values on this device: IndexedDB in a browser, a Map in Node. Values are structured-clonable
 * (CryptoKey, Uint8Array and plain objects). Buckets are created on first use.
 */
export interface Store {
	get<T>(bucket: Bucket, key: string): Promise<T | undefined>;
	/** Several at once, in the order of `keys`. */
	some<T>(bucket: Bucket, keys: readonly string[]): Promise<readonly (T | undefined)[]>;
	/** Values whose key starts with `prefix`, ordered by key. */
	list<T>(bucket: Bucket, prefix: string): Promise<{ key: string; value: T }[]>;
	/** Keys that start with `prefix`, in order: what lies under them is not read. */
	keys(bucket: Bucket, prefix: string): Promise<string[]>;
	/** All of `changes` or none; `value: undefined` removes. */
	write(changes: readonly StoreChange[]): Promise<void>;
	/** Removes everything in the given buckets (all, if none are given). */
	clear(...buckets: Bucket[]): Promise<void>;
	/**
	 * Runs `work` while no other tab of this browser runs one under the same name (Web Locks). Everything
	 * that reads, changes and writes device sequences goes through it.
	 */
	exclusively<T>(name: string, work: () => Promise<T>): Promise<T>;
}

export type Bucket = 'device' | 'links' | 'events' | 'outbox' | 'drafts' | 'notes' | 'blobs';
export const BUCKETS: readonly Bucket[] = ['device', 'links', 'events', 'outbox', 'drafts', 'notes', 'blobs'];

export interface StoreChange {
	readonly bucket: Bucket;
	readonly key: string;
	readonly value: unknown;
}

/** OPAQUE client (RFC 9807), loaded only when a passphrase is used. All strings are base64url. */
export interface Opaque {
	startRegistration(passphrase: string): Promise<{ state: string; request: string }>;
	/** Argon2id 128 MiB, t = 3, p = 1. */
	finishRegistration(passphrase: string, state: string, response: string): Promise<{ record: string; exportKey: Bytes; serverKey: string }>;
	startLogin(passphrase: string): Promise<{ state: string; request: string }>;
	/** `null` when the passphrase is wrong or the account does not exist: nothing tells which. */
	finishLogin(passphrase: string, state: string, response: string): Promise<{ finish: string; exportKey: Bytes; serverKey: string } | null>;
}

/** WebAuthn with the PRF extension. `options` and `response` are JSON as the server makes and takes it. */
export interface Passkeys {
	/** @throws Problem `passkey-unsupported` (no PRF), `cancelled` */
	create(options: string, salt: Uint8Array): Promise<{ response: string; secret: Bytes }>;
	get(options: string, salt: Uint8Array): Promise<{ response: string; secret: Bytes }>;
}

/** Everything of the outside world that the engine may touch. */
export interface Ports {
	readonly transport: Transport;
	readonly store: Store;
	/** Milliseconds since 1970, as this device believes. */
	readonly now: () => number;
	readonly random: (length: number) => Bytes;
	readonly opaque: () => Promise<Opaque>;
	readonly passkeys: Passkeys | null;
	/** Whether only what somebody asks for is fetched, as of now; left out: no. */
	readonly savesData?: () => boolean;
}
