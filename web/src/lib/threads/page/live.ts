/** An object whose fields are asked for anew each time: whoever reads one of them hears when that one changes. */
export function live<Shape extends object>(fields: { readonly [Key in keyof Shape]: () => Shape[Key] }): Shape {
	const shape = {};
	for (const [key, get] of Object.entries<() => unknown>(fields)) Object.defineProperty(shape, key, { get, enumerable: true });
	return shape as Shape;
}
