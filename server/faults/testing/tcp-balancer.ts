import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

/** Hands connections to several servers in turn, as any balancer of TCP does: without looking into them. */
export interface TcpBalancer {
	readonly port: number;
	/** Connections each server got. */
	readonly given: ReadonlyMap<number, number>;
	close(): Promise<void>;
}

/** A server that refuses a connection is passed over. */
export async function tcpBalancer(ports: readonly number[]): Promise<TcpBalancer> {
	const given = new Map<number, number>(ports.map((port) => [port, 0]));
	const open = new Set<Socket>();
	let turn = 0;

	function hand(near: Socket, left: readonly number[]): void {
		const [port, ...others] = left;
		if (port === undefined) return void near.destroy();
		const far = connect(port, '127.0.0.1');
		const refused = () => hand(near, others);
		far.once('error', refused);
		far.once('connect', () => {
			far.off('error', refused);
			given.set(port, (given.get(port) ?? 0) + 1);
			join(near, far);
		});
	}

	/** Whatever ends one side ends the other. */
	function join(near: Socket, far: Socket): void {
		for (const [one, other] of [
			[near, far],
			[far, near],
		] as const) {
			open.add(one);
			one.on('error', () => other.destroy());
			one.once('close', () => {
				open.delete(one);
				other.destroy();
			});
			one.pipe(other);
		}
	}

	const server = createServer((near) => {
		near.on('error', () => near.destroy());
		const first = turn++ % ports.length;
		hand(near, [...ports.slice(first), ...ports.slice(0, first)]);
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	return {
		port: (server.address() as AddressInfo).port,
		given,
		async close() {
			for (const socket of open) socket.destroy();
			await new Promise((resolve) => server.close(resolve));
		},
	};
}
