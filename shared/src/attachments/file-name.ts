/** Longest name of a file, without its ending. */
export const NAME_LIMIT = 120;

/** What cameras, messengers and screenshots call their pictures: when, by which program, sometimes on which device. */
const TELLING = [
	/^(?:IMG|DSC|DSCN|DSCF|PXL|VID|MVIMG|PANO|P|DCIM|GOPR|SAM|CIMG|WIN|FB_IMG|Snapchat|signal|image|photo|received|Screenshot|Screen Shot|WhatsApp|Telegram|Resized|Scan|CamScanner|Adobe Scan|لقطة|صورة)[\s_-]*[(\d]/i,
	/(?:19|20)\d{2}[-_.]?(?:0[1-9]|1[0-2])[-_.]?(?:0[1-9]|[12]\d|3[01])/,
	/[0-9a-f]{8}-[0-9a-f]{4}-|[0-9a-f]{12,}|\d{8,}/i,
];

/** Whether a file's name was given by a device and not by a person. */
export const isDeviceName = (name: string): boolean => TELLING.some((sign) => sign.test(name));

/** What is before the ending of a file's name. */
export const stemOf = (fileName: string): string => fileName.replace(/\.[^.\s]{1,10}$/, '');

/**
 * A name that is only a name: on one line, without characters that turn it around, hide, or mean something to a system
 * of files. Empty when nothing is left.
 */
export const plainName = (name: string): string =>
	name
		.normalize('NFC')
		// Kurdish and Persian words need the two that join and part letters.
		.replaceAll(/[\p{Cc}\p{Cs}\p{Co}[\p{Cf}--[\u200c\u200d]]]/gv, '')
		.replaceAll(/[\\/:*?"<>|\s]+/g, ' ')
		.replaceAll(/^[.\s]+|[.\s]+$/g, '')
		.slice(0, NAME_LIMIT)
		.trim();
