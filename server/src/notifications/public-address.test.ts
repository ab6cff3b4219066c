import type { LookupAddress } from 'node:dns';
import { describe, expect, test } from 'vitest';
import { isPublic, publicOnly } from './public-address.ts';

describe('an address that only this machine can reach is not public', () => {
	test.each([
		'127.0.0.1',
		'127.8.8.8',
		'0.0.0.0',
		'10.1.2.3',
		'100.64.0.1',
		'100.127.255.255',
		'169.254.169.254',
		'172.16.0.1',
		'172.31.255.255',
		'192.0.0.192',
		'192.168.1.1',
		'198.18.0.1',
		'224.0.0.1',
		'255.255.255.255',
		'::',
		'::1',
		'::ffff:127.0.0.1',
		'::ffff:8.8.8.8',
		'64:ff9b::7f00:1',
		'fc00::1',
		'fd12:3456::1',
		'fe80::1',
		'fec0::1',
		'ff02::1',
		'2001::7f00:1',
		'2001:db8::1',
		'2002:7f00:1::',
	])('%s', (address) => {
		expect(isPublic(address)).toBe(false);
	});
	test.each(['8.8.8.8', '100.63.255.255', '100.128.0.1', '172.15.0.1', '172.32.0.1', '2a00:1450:4001::200a', '2620:0:2d0::1'])(
		'%s is',
		(address) => {
			expect(isPublic(address)).toBe(true);
		},
	);
});

describe('a connection is made to what was looked at', () => {
	const v4 = (...addresses: string[]): LookupAddress[] => addresses.map((address) => ({ address, family: 4 }));
	function looked(addresses: LookupAddress[], all: boolean): Promise<unknown[]> {
		const lookup = publicOnly((_host, _options, done) => done(null, addresses));
		return new Promise((resolve) => lookup('push.example', { all }, (...answer) => resolve(answer)));
	}

	test('a public name answers its addresses, all or the first', async () => {
		expect(await looked(v4('8.8.8.8', '8.8.4.4'), true)).toEqual([null, v4('8.8.8.8', '8.8.4.4')]);
		expect(await looked(v4('8.8.8.8', '8.8.4.4'), false)).toEqual([null, '8.8.8.8', 4]);
	});

	test('one private address among public ones refuses the name', async () => {
		for (const all of [true, false]) {
			const [error, address] = await looked(v4('8.8.8.8', '169.254.169.254'), all);
			expect(error).toBeInstanceOf(Error);
			expect(JSON.stringify(address)).not.toContain('8');
		}
	});

	test('a name without an address is an error, not a connection to this machine', async () => {
		expect((await looked([], true))[0]).toBeInstanceOf(Error);
	});
});
