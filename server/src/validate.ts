import { deviceProof } from '@multaqa/shared/api/accounts';
import { proofMessage } from '@multaqa/shared/api/proof';
import { nothing, type AnswerOf, type ParamsOf, type RequestOf, type Route } from '@multaqa/shared/api/route';
import { CBOR_LIMITS, decodeCbor, encodeCbor, type Cbor } from '@multaqa/shared/bytes/cbor';
import { fromBase64url } from '@multaqa/shared/bytes/bytes';
import { idBytes, type DeviceId } from '@multaqa/shared/bytes/ids';
import { verify } from '@multaqa/shared/crypto/sign';
import { Problem } from '@multaqa/shared/problem';
import type { Context as HonoContext, Hono } from 'hono';
import * as v from 'valibot';
import { CBOR, readBody } from './body.ts';
import { pack } from './pack.ts';
import { isAccount } from './chain/standing.ts';
import type { Context } from './context.ts';
import { refuseForeign } from './origin.ts';
import type { Session } from './session.ts';

/** What a handler is given: parsed, and asked by somebody who may ask. */
export interface Call<R extends Route> {
	readonly params: ParamsOf<R>;
	readonly request: RequestOf<R>;
	setCookie(value: string): void;
}

export type PublicHandler<R extends Route> = (call: Call<R>) => Promise<AnswerOf<R>>;
/** `device`: the one that signed the request, where the route asks for that. */
export type MemberHandler<R extends Route> = (
	call: Call<R> & { readonly session: Session; readonly device: DeviceId | null },
) => Promise<AnswerOf<R>>;

/** Puts routes of the contract on the server. Which of the two a route takes follows from its `access`. */
export interface Mount {
	open<R extends Route>(route: R, handler: PublicHandler<R>): void;
	member<R extends Route>(route: R, handler: MemberHandler<R>): void;
}

/** `farewell`: a `set-cookie` that goes with a refusal. */
export type AppEnv = { Variables: { route: string; farewell?: string } };

/** As many requests of members as may be under way may have a body of this size; larger ones share a room. */
const SMALL = 64 * 1024;

export function createMount(app: Hono<AppEnv>, context: Context): Mount {
	const on = <R extends Route>(route: R, handle: (c: HonoContext<AppEnv>) => Promise<AnswerOf<R>>) => {
		app.on(route.method, route.path, async (c) => {
			c.set('route', route.path);
			return await reply(c, route, await handle(c), context.checkAnswers);
		});
	};
	return {
		open(route, handler) {
			if (route.access !== 'public') throw new Error(`${route.path} is not public`);
			on(route, async (c) => {
				ownOrigin(c, context);
				context.limits.visit(`${route.method} ${route.path}`);
				// Read before the door: whoever sends slowly takes no place from those who ask.
				const body = await readBody(c.req.raw, route.limit, context.rooms.strangers);
				return within(context.gate.enter(null), async () => {
					await context.ledger.refresh();
					return handler(callOf(c, route, body));
				});
			});
		},
		member(route, handler) {
			if (route.access === 'public') throw new Error(`${route.path} is public`);
			on(route, async (c) => {
				ownOrigin(c, context);
				const session = await sessionOf(c, context);
				return within(context.gate.enter(session.account), async () => {
					context.notifier.seen(session.account);
					const body = await readBody(c.req.raw, route.limit, context.rooms.members, SMALL);
					const device = route.access === 'device' ? await requireDevice(c, context, session, body) : null;
					return handler({ ...callOf(c, route, body), session, device });
				});
			});
		},
	};
}

/** Leaves however `work` ends. */
async function within<T>(leave: () => void, work: () => Promise<T>): Promise<T> {
	try {
		return await work();
	} finally {
		leave();
	}
}

function ownOrigin(c: HonoContext, { publicUrl }: Context): void {
	refuseForeign({ origin: c.req.header('origin'), site: c.req.header('sec-fetch-site') }, publicUrl);
}

async function sessionOf(c: HonoContext<AppEnv>, { sessions, ledger }: Context): Promise<Session> {
	const session = await sessions.read(c.req.header('cookie'));
	if (session) await ledger.refresh();
	if (!session || !isAccount(ledger.world, session.account)) {
		// A cookie that opens nothing any more need not stay on anybody's device.
		if (c.req.header('cookie') !== undefined) c.set('farewell', sessions.blank);
		throw new Problem('unauthenticated');
	}
	if (session.renewal) c.header('set-cookie', session.renewal, { append: true });
	return session;
}

/** A stolen cookie alone gets nothing: a device of the account signs the request itself. */
async function requireDevice(c: HonoContext, { ledger }: Context, session: Session, body: Uint8Array): Promise<DeviceId> {
	const { device, signature } = readProof(c.req.header('device-proof'));
	const known = ledger.world.users.get(session.account)?.devices.get(device);
	const message = proofMessage(c.req.method, c.req.path, session.nonce, body);
	const stands = known !== undefined && known.revoked === null;
	if (!stands || !(await verify(idBytes(device), 'device-proof', message, signature))) throw new Problem('device-proof-required');
	return device;
}

function readProof(header: string | undefined) {
	const [device, signature] = (header ?? '').split('.');
	try {
		return v.parse(deviceProof, { device, signature: fromBase64url(signature ?? '') });
	} catch {
		throw new Problem('device-proof-required');
	}
}

function callOf<R extends Route>(c: HonoContext, route: R, body: Uint8Array): Call<R> {
	return {
		params: parse(route.params, c.req.param() as Record<string, string>, 'not-found') as ParamsOf<R>,
		request: parse(route.request, decode(route, body), 'malformed') as RequestOf<R>,
		setCookie: (value) => c.header('set-cookie', value),
	};
}

/** Where nothing is asked, sending nothing says it as well. */
function decode(route: Route, body: Uint8Array): Cbor {
	if (body.length === 0 && route.request === nothing) return {};
	return decodeCbor(body, { ...CBOR_LIMITS, bytes: route.limit });
}

function parse(schema: v.GenericSchema, value: unknown, code: 'malformed' | 'not-found'): unknown {
	const result = v.safeParse(schema, value);
	if (result.success) return result.output;
	if (code === 'not-found') throw new Problem(code);
	throw new Problem(code, { reason: v.getDotPath(result.issues[0]) ?? 'request' });
}

async function reply<R extends Route>(c: HonoContext, route: R, answer: AnswerOf<R>, check: boolean): Promise<Response> {
	if (check && !v.is(route.answer, answer)) throw new Error(`the answer of ${route.method} ${route.path} is not of its schema`);
	const body = encodeCbor(answer as Cbor);
	const packed = route.packed ? await pack(body, c.req.header('accept-encoding')) : null;
	if (packed === null) return c.body(body, 200, { 'content-type': CBOR });
	return c.body(packed.bytes, 200, { 'content-type': CBOR, 'content-encoding': packed.encoding });
}
