import type { Random } from './random.ts';
import { serverProcess, type ServerProcess } from './server-process.ts';

/** A program that others wait for while it is down. */
export interface Node {
	readonly program: ServerProcess;
	readonly isUp: boolean;
	up(): Promise<void>;
	start(): Promise<void>;
	kill(): Promise<void>;
	/** Asks it to stop; answers how it ended. */
	stop(): Promise<number | null>;
}

/** Starts the program on a database that several may share. */
export async function startNode(databaseUrl: string, publicUrl?: string): Promise<Node> {
	const program = await serverProcess({ DATABASE_URL: databaseUrl, ...(publicUrl === undefined ? {} : { PUBLIC_URL: publicUrl }) });
	let isUp = false;
	let [open, passed] = gate();
	const down = () => {
		isUp = false;
		[open, passed] = gate();
	};
	const node: Node = {
		program,
		get isUp() {
			return isUp;
		},
		up: () => passed,
		async start() {
			await program.start();
			isUp = true;
			open();
		},
		async kill() {
			down();
			await program.kill();
		},
		async stop() {
			down();
			process.kill(program.pid, 'SIGTERM');
			return program.ended();
		},
	};
	await node.start();
	return node;
}

function gate(): [() => void, Promise<void>] {
	let open = () => {};
	const passed = new Promise<void>((resolve) => (open = resolve));
	return [open, passed];
}

/** Any node that is up, as a balancer would choose. */
export function balancer(one: Node, other: Node, random: Random): () => Node {
	return () => {
		const up = [one, other].filter(({ isUp }) => isUp);
		return up.length > 0 ? random.one(up) : one;
	};
}
