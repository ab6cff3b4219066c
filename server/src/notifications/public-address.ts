import { lookup, type LookupAddress, type LookupAllOptions } from 'node:dns';
import { BlockList, isIPv6, type LookupFunction } from 'node:net';

/** What is not the internet: this machine, its neighbours, addresses that are nobody's (IANA special-purpose registries). */
const OURS: readonly (readonly [net: string, bits: number])[] = [
	['0.0.0.0', 8],
	['10.0.0.0', 8],
	['100.64.0.0', 10],
	['127.0.0.0', 8],
	['169.254.0.0', 16],
	['172.16.0.0', 12],
	['192.0.0.0', 24],
	['192.0.2.0', 24],
	['192.88.99.0', 24],
	['192.168.0.0', 16],
	['198.18.0.0', 15],
	['198.51.100.0', 24],
	['203.0.113.0', 24],
	['224.0.0.0', 3],
];
/** Of the sixth version only what is given out counts, without its tunnels into the fourth. */
const TUNNELS: readonly (readonly [net: string, bits: number])[] = [
	['2001::', 23],
	['2001:db8::', 32],
	['2002::', 16],
];

const refused = new BlockList();
for (const [net, bits] of OURS) refused.addSubnet(net, bits, 'ipv4');
for (const [net, bits] of TUNNELS) refused.addSubnet(net, bits, 'ipv6');
const given = new BlockList();
given.addSubnet('2000::', 3, 'ipv6');

/** An address of the public internet, and no other machine's that only this one can reach. */
export function isPublic(address: string): boolean {
	if (isIPv6(address)) return given.check(address, 'ipv6') && !refused.check(address, 'ipv6');
	return !refused.check(address, 'ipv4');
}

type Resolve = (host: string, options: LookupAllOptions, done: (error: Error | null, addresses: LookupAddress[]) => void) => void;

/**
 * Resolves a name for a connection, which is then made to exactly these addresses: nobody answers once with a public
 * one for the check and again with another for the connection. One that is not public refuses the name altogether.
 */
export function publicOnly(resolve: Resolve = lookup): LookupFunction {
	return (host, options, done) => {
		resolve(host, { ...options, all: true } as LookupAllOptions, (error, addresses) => {
			const [first] = addresses ?? [];
			const all = options.all === true;
			if (error || !first) return done(error ?? new Error('no address'), all ? [] : '', 4);
			if (!addresses.every(({ address }) => isPublic(address))) return done(new Error('not a public address'), all ? [] : '', 4);
			if (all) done(null, addresses);
			else done(null, first.address, first.family);
		});
	};
}
