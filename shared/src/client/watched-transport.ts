import type { AnswerOf, Route } from '../api/route.ts';
import { isProblem } from '../problem.ts';
import type { Transport, TransportCall } from './ports.ts';

/** A transport that tells when the server no longer knows the session. */
export function watchedTransport(transport: Transport, sessionEnded: () => void): Transport {
	return {
		call: async <R extends Route>(route: R, call: TransportCall<R>): Promise<AnswerOf<R>> => {
			try {
				return await transport.call(route, call);
			} catch (error) {
				if (isProblem(error, 'unauthenticated') && route.access !== 'public') sessionEnded();
				throw error;
			}
		},
		listen: (listener) => transport.listen(listener),
	};
}
