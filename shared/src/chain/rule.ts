import { Problem } from '../problem.ts';

/** Refuses the link under the rule's name unless `holds`. @throws Problem `rejected-link` */
export function rule(name: string, holds: boolean): asserts holds {
	if (!holds) throw new Problem('rejected-link', { rule: name });
}
