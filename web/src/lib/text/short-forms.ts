/** A mention with its id, and the head of a quote with the id of what is quoted, as they are signed. */
const LONG =
	/```[^]*?(?:```|(?![^]))|``[^\n]*?``|`[^`\n]*`|(?<!\\)@\[(?<name>[^[\]\n]{1,200})\]\((?<target>(?:account|organisation|role):[\w-]+)\)|(?<=^(?:> ?)+\[[^[\]\n]{0,200}\]\(post:)(?<post>[\w-]{43})(?=\)[ \t]*$)/gm;

/** What a text is shortened by: `null` leaves something as it is signed. */
export interface Short {
	mention(name: string, target: string): string | null;
	post(id: string): string | null;
}

const forReading: Short = { mention: (name) => `@[${name}]`, post: (id) => id.slice(0, 8) };

/** The text without ids of 43 characters: for a field, where they are spelled out again, or only to be read. */
export function shortForms(text: string, short: Short = forReading): string {
	return text.replaceAll(LONG, (found: string, ...rest: readonly unknown[]) => {
		const { name, target, post } = rest.at(-1) as Partial<Record<string, string>>;
		if (name !== undefined && target !== undefined) return short.mention(name, target) ?? found;
		return post === undefined ? found : (short.post(post) ?? found);
	});
}
