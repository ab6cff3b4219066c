/** Why something was not begun, or not finished: in words for whoever runs the server. Nothing was changed. */
export type RefusalCode = 'altered' | 'wrong-key' | 'version' | 'inhabited' | 'in-use' | 'nothing-there' | 'different' | 'taken';

export class Refusal extends Error {
	override readonly name = 'Refusal';
	readonly code: RefusalCode;

	constructor(code: RefusalCode, message: string) {
		super(message);
		this.code = code;
	}
}
