import type { Hash } from '@multaqa/shared/bytes/ids';
import type { Entry, Register } from '@multaqa/shared/positions/register-types';

/** What stands of what organisations said about a version. */
export const saidAbout = ({ lines }: Pick<Register, 'lines'>, version: Hash): readonly Entry[] =>
	[...(lines.get(version)?.values() ?? [])].flatMap(({ current }) => current ?? []);
