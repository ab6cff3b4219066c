import * as v from 'valibot';

/**
 * Who may call a route.
 * `public`: anybody. `session`: a valid session cookie. `device`: a session cookie and a signature by a
 * device of the account (header `device-proof`), so that a stolen cookie alone gets nothing.
 */
export type Access = 'public' | 'session' | 'device';

/**
 * One HTTP exchange: both sides are generated from it. Requests and answers are deterministic CBOR
 * (`application/cbor`), problems are RFC 9457 JSON. `:name` parts of `path` come from `params`.
 */
export interface Route<
	Params extends v.GenericSchema = v.GenericSchema,
	Request extends v.GenericSchema = v.GenericSchema,
	Answer extends v.GenericSchema = v.GenericSchema,
> {
	readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
	readonly path: string;
	readonly access: Access;
	readonly params: Params;
	readonly request: Request;
	readonly answer: Answer;
	/** Bytes of the largest request. */
	readonly limit: number;
	/** The answer repeats itself (chains name the same people again and again) and holds no secret: sent compressed. */
	readonly packed: boolean;
}

export type ParamsOf<R extends Route> = v.InferOutput<R['params']>;
export type RequestOf<R extends Route> = v.InferOutput<R['request']>;
export type AnswerOf<R extends Route> = v.InferOutput<R['answer']>;

export const nothing = v.strictObject({});

const DEFAULT_LIMIT = 64 * 1024;

/** Declares a route; parts that are left out are empty objects. */
export function route<
	Params extends v.GenericSchema = typeof nothing,
	Request extends v.GenericSchema = typeof nothing,
	Answer extends v.GenericSchema = typeof nothing,
>(
	method: Route['method'],
	path: string,
	access: Access,
	shape: { params?: Params; request?: Request; answer?: Answer; limit?: number; packed?: boolean } = {},
): Route<Params, Request, Answer> {
	return {
		method,
		path,
		access,
		params: shape.params ?? (nothing as unknown as Params),
		request: shape.request ?? (nothing as unknown as Request),
		answer: shape.answer ?? (nothing as unknown as Answer),
		limit: shape.limit ?? DEFAULT_LIMIT,
		packed: shape.packed ?? false,
	};
}
