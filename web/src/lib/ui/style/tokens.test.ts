import { describe, expect, test } from 'vitest';
import tokens from './tokens.css?raw';

const pair = /--([a-z-]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\)/g;
const colours = new Map([...tokens.matchAll(pair)].map(([, name, light, dark]) => [name ?? '', [light ?? '', dark ?? ''] as const]));

/** WCAG 2.2, relative luminance and contrast ratio. */
function luminance(colour: string): number {
	const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => {
		const value = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
		return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
	});
	return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(a: string, b: string): number {
	const [high = 0, low = 0] = [luminance(a), luminance(b)].toSorted((x, y) => y - x);
	return (high + 0.05) / (low + 0.05);
}

const grounds = ['paper', 'surface', 'sunken'];
const stances = ['support', 'reserved', 'aside', 'objection', 'block'].map((stance) => `stance-${stance}`);
const text = ['ink', 'ink-soft', 'accent', 'amber', 'red', 'green', ...stances].flatMap((ink) =>
	grounds.map((ground) => [ink, ground] as const),
);
const onTheirOwn = [
	['on-accent', 'accent'],
	['on-accent', 'accent-strong'],
	['accent-strong', 'accent-soft'],
	['ink', 'accent-soft'],
	['ink-soft', 'accent-soft'],
	['amber', 'amber-soft'],
	['ink', 'amber-soft'],
	['red', 'red-soft'],
	['ink', 'red-soft'],
	['green', 'green-soft'],
	['ink', 'green-soft'],
] as const;
const controls = grounds.map((ground) => ['edge', ground] as const);

describe.each([
	['light', 0],
	['dark', 1],
] as const)('%s', (_theme, at) => {
	const ratio = (a: string, b: string) => contrast(colours.get(a)?.[at] ?? '', colours.get(b)?.[at] ?? '');

	test.each([...text, ...onTheirOwn])('%s is readable on %s', (ink, ground) => {
		expect(ratio(ink, ground)).toBeGreaterThanOrEqual(4.5);
	});

	test.each(controls)('the %s of a control is seen on %s', (edge, ground) => {
		expect(ratio(edge, ground)).toBeGreaterThanOrEqual(3);
	});
});
