import type { Locator } from 'playwright-core';

/** Pixels at each edge that belong to border, focus ring and resize handle. */
const FRAME = 16;

/**
 * At which side of a field each line of its text stands, top to bottom, by looking at the pixels: a textarea
 * tells no script where its lines are.
 */
export async function inkSides(field: Locator): Promise<('left' | 'right')[]> {
	const picture = (await field.screenshot({ caret: 'hide' })).toString('base64');
	const reader = await field.page().context().newPage();
	try {
		return await reader.evaluate(linesOf, { picture, frame: FRAME });
	} finally {
		await reader.close();
	}
}

/** Runs in a blank page. */
async function linesOf({ picture, frame }: { picture: string; frame: number }): Promise<('left' | 'right')[]> {
	const bytes = Uint8Array.from(atob(picture), (character) => character.charCodeAt(0));
	const bitmap = await createImageBitmap(new Blob([bytes], { type: 'image/png' }));
	const canvas = new OffscreenCanvas(bitmap.width, bitmap.height);
	const context = canvas.getContext('2d')!;
	context.drawImage(bitmap, 0, 0);
	const { data, width, height } = context.getImageData(frame, frame, bitmap.width - 2 * frame, bitmap.height - 2 * frame);
	const inkIn = (y: number) => Array.from({ length: width }, (_, x) => x).filter((x) => (data[(y * width + x) * 4] ?? 255) < 110);

	const lines: { end: number; ink: number[] }[] = [];
	for (let y = 0; y < height; y++) {
		const ink = inkIn(y);
		const line = lines.at(-1);
		if (ink.length === 0) continue;
		// Dots and marks of Arabic letters stand a few pixels off their line.
		if (line && y - line.end < 8) {
			line.end = y;
			line.ink.push(...ink);
		} else lines.push({ end: y, ink });
	}
	return lines
		.filter(({ ink }) => ink.length > 20)
		.map(({ ink }) => (ink.reduce((sum, x) => sum + x, 0) / ink.length < width / 2 ? 'left' : 'right'));
}
