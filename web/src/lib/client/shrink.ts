import type { CleanFile } from '@multaqa/shared/attachments/clean/clean';
import { cleanFile } from '@multaqa/shared/attachments/clean/clean';

/** Longest side of a picture that is made smaller, in pixels. */
export const SIDE = 1_600;
const QUALITY = 0.82;

export const isLarge = ({ pixels }: Pick<CleanFile, 'pixels'>): boolean => pixels !== null && Math.max(...pixels) > SIDE;

/** The picture drawn anew; as it was when that would not make it smaller, or this browser cannot. */
export async function shrunk(clean: CleanFile): Promise<CleanFile> {
	if (!isLarge(clean) || typeof OffscreenCanvas === 'undefined') return clean;
	const drawn = await draw(clean).catch(() => null);
	if (!drawn || drawn.size >= clean.bytes.length) return clean;
	const { bytes, type, pixels } = cleanFile(new Uint8Array(await drawn.arrayBuffer()), '');
	return { ...clean, bytes, type, pixels };
}

async function draw({ bytes, type, pixels }: CleanFile): Promise<Blob | null> {
	const bitmap = await createImageBitmap(new Blob([bytes], { type }));
	const scale = SIDE / Math.max(bitmap.width, bitmap.height, ...(pixels ?? []));
	const canvas = new OffscreenCanvas(Math.max(1, Math.round(bitmap.width * scale)), Math.max(1, Math.round(bitmap.height * scale)));
	const context = canvas.getContext('2d');
	if (!context) return null;
	context.imageSmoothingQuality = 'high';
	// What is transparent would turn black.
	if (type === 'image/png') {
		context.fillStyle = '#fff';
		context.fillRect(0, 0, canvas.width, canvas.height);
	}
	context.drawImage(bitmap, 0, 0, canvas.width, canvas.height);
	bitmap.close();
	return canvas.convertToBlob({ type: 'image/jpeg', quality: QUALITY });
}
