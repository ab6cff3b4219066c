/** What the page asks of the passphrase worker, and what it answers. */
export interface OpaqueCalls {
	startRegistration: { input: [passphrase: string]; output: { state: string; request: string } };
	finishRegistration: {
		input: [passphrase: string, state: string, response: string];
		output: { record: string; exportKey: string; serverKey: string };
	};
	startLogin: { input: [passphrase: string]; output: { state: string; request: string } };
	finishLogin: {
		input: [passphrase: string, state: string, response: string];
		output: { finish: string; exportKey: string; serverKey: string } | null;
	};
}

export type OpaqueMethod = keyof OpaqueCalls;
export interface OpaqueRequest {
	readonly id: number;
	readonly method: OpaqueMethod;
	readonly input: readonly string[];
}
export interface OpaqueReply {
	readonly id: number;
	readonly output?: unknown;
	readonly failed?: true;
}
