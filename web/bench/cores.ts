import { fork, type ChildProcess } from 'node:child_process';
import { availableParallelism } from 'node:os';

const HAS_TWO = availableParallelism() > 1;

/** Who is measured has a processor alone, and everything that measures another one, where there are two. */
export const MEASURED = HAS_TWO ? ['taskset', '-c', '0'] : [];
export const MEASURING = HAS_TWO ? ['taskset', '-c', '1'] : [];

/** A program of the bench in a process of its own, on a processor. */
export function forkOn(core: readonly string[], program: string, ...given: readonly string[]): ChildProcess {
	// So that what is still in use can be told from what is only not collected yet.
	const [execPath = process.execPath, ...execArgv] = [...core, process.execPath, '--expose-gc'];
	return fork(new URL(program, import.meta.url).pathname, given, { execPath, execArgv, stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
}

/** The next message of a child. @throws when it ends instead, or says nothing in time */
export function messageOf<Message>(child: ChildProcess, patience = 60_000): Promise<Message> {
	return new Promise((resolve, reject) => {
		const settle = (act: () => void) => {
			clearTimeout(timer);
			child.off('message', said);
			child.off('exit', ended);
			act();
		};
		const said = (message: unknown) => settle(() => resolve(message as Message));
		const ended = (code: number | null) => settle(() => reject(new Error(`a process of the bench ended with ${code}`)));
		const timer = setTimeout(() => settle(() => reject(new Error('a process of the bench said nothing'))), patience);
		child.once('message', said);
		child.once('exit', ended);
	});
}

/** Ends it and waits until it is gone. */
export async function endChild(child: ChildProcess): Promise<void> {
	if (child.exitCode !== null) return;
	const gone = new Promise((resolve) => child.once('exit', resolve));
	child.kill('SIGKILL');
	await gone;
}
