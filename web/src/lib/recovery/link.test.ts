import { expect, test } from 'vitest';
import { isRecoveryFragment, recoveryLink } from './link.ts';

test('a recovery link is told from a link of another device and from a way back', () => {
	expect(isRecoveryFragment('recover.aaa.bbb')).toBe(true);
	for (const other of ['', 'device.aaa', 'recover.aaa', 'recover.aaa.bbb.ccc', '/s/recover.aaa.bbb/x.y']) {
		expect(isRecoveryFragment(other)).toBe(false);
	}
	expect(isRecoveryFragment(new URL(recoveryLink('https://forum.example', 'recover.aaa.bbb')).hash.slice(1))).toBe(true);
});
