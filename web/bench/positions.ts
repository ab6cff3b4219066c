import { svelte } from '@sveltejs/vite-plugin-svelte';
import { verdictOf } from '@multaqa/shared/positions/models';
import { standingValues } from '@multaqa/shared/positions/rows';
import { Council, NOON, org, REASON } from '../../shared/src/testing/council.ts';
import { VALUES } from '@multaqa/shared/positions/events';
import { registerOf } from '@multaqa/shared/positions/register';
import type { Hash } from '@multaqa/shared/bytes/ids';
import { atMost, told, type Figure } from './figure.ts';
import { measureInPage } from './in-page.ts';

/** As a cheap phone beside this machine. */
const SLOWER = 4;
const [STANCES, ORGANISATIONS] = [10_000, 60];

/** The matrix of 200 issues × 60 organisations as a page, with a processor four times slower, and a tally of 10,000 stance events. */
export async function positions(): Promise<readonly Figure[]> {
	const plugins = [svelte({ configFile: false, emitCss: false })];
	const found = await measureInPage(new URL('positions.page.ts', import.meta.url), null, { slower: SLOWER, plugins });
	const { painted = 0, whole = 0, worst = 0, usual = 0, elements = 0 } = found;
	return [
		atMost('4 × slower: matrix of 200 issues × 60 organisations painted', painted, 'ms', 3_000, `${elements} elements`),
		told('4 × slower: all 12,000 stances read', whole, 'ms'),
		atMost('4 × slower: longest frame while it is scrolled', worst, 'ms', 200, `usual ${usual.toFixed(0)} ms`),
		...tally(),
	];
}

/** Every organisation changes its mind again and again: each says what it said last. */
function tally(): readonly Figure[] {
	const room = new Council().begins();
	const last = new Map<string, Hash>();
	for (let place = 0; place < STANCES; place++) {
		const name = `o${place % ORGANISATIONS}`;
		const value = VALUES[(place * 7) % VALUES.length] ?? 'support';
		const isAgainst = value === 'objection' || value === 'block';
		const reservations =
			value === 'support-with-reservations'
				? [{ type: 'wording' as const, paragraph: null, text: 'مهلة', suggestion: null, from: null }]
				: [];
		const more = { value, reservations, reason: isAgainst ? REASON : null, principle: value === 'block' ? 'مبدأ' : null };
		last.set(name, room.takes(`${name}.a`, { ...more, after: last.get(name) ?? null }, `s${place}x`, { at: 60 }));
	}
	const reading = { standing: room.standing, opener: room.opener };
	const count = () => {
		const start = performance.now();
		const register = registerOf(room.events, reading);
		const eligible = Array.from({ length: ORGANISATIONS }, (_, at) => org(`o${at}`));
		const version = register.versions[0];
		const values = version ? standingValues(register, version, eligible, NOON) : new Map();
		const { tally: counted } = verdictOf({ model: { kind: 'consent' }, quorum: 50, eligible, constituencies: [] }, values);
		if (counted.silent > 0 || register.refused.length > 0) throw new Error('the tally left some out');
		return performance.now() - start;
	};
	const [first, again] = [count(), count()];
	return [
		atMost('tally of 10,000 stance events, each read for the first time', first, 'ms', 1_500),
		told('the same once they were read', again, 'ms'),
	];
}
