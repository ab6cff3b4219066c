import { client as opaqueClient, ready } from '@serenity-kit/opaque';
import { io } from 'socket.io-client';
import { announcements, type AnnouncementName } from '@multaqa/shared/api/realtime';
import { fromBase64url } from '@multaqa/shared/bytes/bytes';
import { readAnnouncement } from '@multaqa/shared/client/announcement';
import { openClient } from '@multaqa/shared/client/engine';
import { exchange } from '@multaqa/shared/client/exchange';
import { MemoryStore } from '@multaqa/shared/client/memory-store';
import type { Opaque, Ports, Store, Transport } from '@multaqa/shared/client/ports';
import type { Client } from '@multaqa/shared/client/types';
import { profiles } from '@multaqa/shared/profiles/profiles';
import { judge } from '@multaqa/shared/moderation/judge';
import { findable } from '@multaqa/shared/threads/findable';

/** Argon2id small enough for tests and the demo; the page uses 128 MiB. */
export const keyStretching = { 'argon2id-custom': { memory: 8 * 1024, iterations: 1, parallelism: 1 } };
const names = Object.keys(announcements) as AnnouncementName[];

/** What a browser is to the engine, without a browser. */
export interface Headless {
	readonly ports: Ports;
	readonly store: Store;
	/** The cookies as the browser would send them: what a thief would steal. */
	cookies(): string;
}

export interface HeadlessOptions {
	readonly store?: Store;
	/** What stands between this device and the server. */
	readonly send?: typeof fetch;
	/** No realtime line: everything comes by asking. */
	readonly deaf?: boolean;
	readonly now?: () => number;
	/** Port of something on this machine that passes everything on to the server. */
	readonly through?: number;
	/** Low-data mode. */
	readonly savesData?: () => boolean;
}

/** Ports for an engine in Node: fetch with a cookie of its own, a socket, a store in memory. */
export function headless(url: string, options: HeadlessOptions = {}): Headless {
	const { store = new MemoryStore(), send = fetch, deaf = false, now = Date.now, through, savesData = () => false } = options;
	const line = through === undefined ? url : `http://127.0.0.1:${through}`;
	const jar = new Map<string, string>();
	const cookies = () => [...jar].map(([name, value]) => `${name}=${value}`).join('; ');
	const withCookies: typeof fetch = async (input, init) => {
		const headers = new Headers(init?.headers);
		headers.set('cookie', cookies());
		headers.set('origin', url);
		// As browsers ask over https.
		headers.set('accept-encoding', 'br, gzip, deflate');
		const response = await send(new URL(String(input), line), { ...init, headers });
		for (const line of response.headers.getSetCookie()) {
			const [pair = ''] = line.split(';');
			const place = pair.indexOf('=');
			jar.set(pair.slice(0, place), pair.slice(place + 1));
		}
		return response;
	};
	const transport: Transport = {
		call: (route, call) => exchange(withCookies, route, call),
		listen(listener) {
			if (deaf) return () => undefined;
			const socket = io(line, {
				transports: ['websocket'],
				forceNew: true,
				extraHeaders: { cookie: cookies(), origin: url },
			});
			socket.on('connect', () => listener.opened());
			socket.on('disconnect', () => listener.closed());
			for (const name of names) {
				socket.on(name as string, (payload: unknown) => {
					const read = readAnnouncement(name, payload);
					if (read) listener.announced(name, read);
				});
			}
			return () => socket.disconnect();
		},
	};
	const ports: Ports = {
		transport,
		store,
		now,
		random: (length) => crypto.getRandomValues(new Uint8Array(length)),
		opaque: async () => opaque,
		passkeys: null,
		savesData,
	};
	return { ports, store, cookies };
}

/** An engine as the page opens it. */
export const openHeadless = (device: Headless): Promise<Client> =>
	openClient(device.ports, { names: profiles, judge: async () => judge, findable: async () => findable });

const opaque: Opaque = {
	async startRegistration(password) {
		await ready;
		const { clientRegistrationState: state, registrationRequest: request } = opaqueClient.startRegistration({ password });
		return { state, request };
	},
	async finishRegistration(password, clientRegistrationState, registrationResponse) {
		const made = opaqueClient.finishRegistration({ password, clientRegistrationState, registrationResponse, keyStretching });
		return { record: made.registrationRecord, exportKey: fromBase64url(made.exportKey), serverKey: made.serverStaticPublicKey };
	},
	async startLogin(password) {
		await ready;
		const { clientLoginState: state, startLoginRequest: request } = opaqueClient.startLogin({ password });
		return { state, request };
	},
	async finishLogin(password, clientLoginState, loginResponse) {
		const made = opaqueClient.finishLogin({ password, clientLoginState, loginResponse, keyStretching });
		return made
			? { finish: made.finishLoginRequest, exportKey: fromBase64url(made.exportKey), serverKey: made.serverStaticPublicKey }
			: null;
	},
};
