import { expect, test } from 'vitest';
import { readScanned } from './scanned.ts';

test('a link of another device gives what stands after #', () => {
	expect(readScanned(' https://forum.example/sign-in#device.FwYGC4Wtf5QEf3NGCl3CbA ')).toEqual({
		fragment: 'device.FwYGC4Wtf5QEf3NGCl3CbA',
	});
});

test('a fragment alone is a fragment', () => {
	expect(readScanned('device.FwYGC4Wtf5QEf3NGCl3CbA')).toEqual({ fragment: 'device.FwYGC4Wtf5QEf3NGCl3CbA' });
});

test('groups of letters and digits are the code of a sheet', () => {
	expect(readScanned('K7QF-2M9X-0NAS-ME3F-3MPM-0DAS-4WH4-MR14')).toEqual({ code: 'K7QF-2M9X-0NAS-ME3F-3MPM-0DAS-4WH4-MR14' });
});

test('nothing, or a link without its secret, is nothing', () => {
	for (const text of ['', '   ', '#', 'https://forum.example/sign-in#']) expect(readScanned(text)).toBeNull();
});
