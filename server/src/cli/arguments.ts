import { parseArgs } from 'node:util';

/** Said when a command was written wrongly; the usage follows it. */
export class WrongArguments extends Error {
	override readonly name = 'WrongArguments';
}

export interface Arguments {
	/** The value of `--name`. @throws WrongArguments when it is missing */
	required(name: string): string;
	flag(name: string): boolean;
}

/** Which options a command has: those that take a value, and those that do not. */
export interface Options {
	readonly values: readonly string[];
	readonly flags: readonly string[];
}

/** @throws WrongArguments that names what is wrong */
export function readArguments(given: readonly string[], { values, flags }: Options): Arguments {
	const known = { ...Object.fromEntries(values.map((name) => [name, { type: 'string' as const }])), ...flagsOf(flags) };
	const read = parse(given, known);
	return {
		required(name) {
			const value = read[name];
			if (typeof value !== 'string' || value === '') throw new WrongArguments(`--${name} is missing.`);
			return value;
		},
		flag: (name) => read[name] === true,
	};
}

const flagsOf = (flags: readonly string[]) => Object.fromEntries(flags.map((name) => [name, { type: 'boolean' as const }]));

function parse(given: readonly string[], options: Record<string, { type: 'string' | 'boolean' }>): Record<string, unknown> {
	try {
		return parseArgs({ args: [...given], options, strict: true, allowPositionals: false }).values;
	} catch (error) {
		const [first = 'The arguments are wrong.'] = error instanceof Error ? error.message.split('. ') : [];
		throw new WrongArguments(first.endsWith('.') ? first : `${first}.`);
	}
}
