import { BlockList, isIP } from 'node:net';

/** IPv4 that is nobody's server on the internet (RFC 6890 and the IANA special-purpose registry). */
const specialIpv4: readonly [network: string, bits: number][] = [
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
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
];
/** Inside the global range 2000::/3: protocol assignments with Teredo, documentation, 6to4. */
const specialIpv6: readonly [network: string, bits: number][] = [
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['3fff::', 20],
];

const listOf = (
  networks: readonly [network: string, bits: number][],
  family: 'ipv4' | 'ipv6',
): BlockList => {
  const list = new BlockList();
  for (const [network, bits] of networks) list.addSubnet(network, bits, family);
  return list;
};
const special4 = listOf(specialIpv4, 'ipv4');
const special6 = listOf(specialIpv6, 'ipv6');
const global6 = listOf([['2000::', 3]], 'ipv6');
const loopback4 = listOf([['127.0.0.0', 8]], 'ipv4');
const translated6 = listOf([['64:ff9b::', 96]], 'ipv6');

/**
 * True for an address that a server on the internet can have. Everything else is refused, also forms
 * that hide an IPv4 address: mapped, compatible, 6to4, Teredo. Only NAT64 (RFC 6052), which a network
 * without IPv4 needs, is judged by the address inside it.
 */
export function isPublicAddress(address: string): boolean {
  if (isIP(address) === 4) return !special4.check(address, 'ipv4');
  if (isIP(address) !== 6 || address.includes('%')) return false;
  if (translated6.check(address, 'ipv6')) return isPublicAddress(lastFourBytes(address));
  return global6.check(address, 'ipv6') && !special6.check(address, 'ipv6');
}

export const isLoopbackAddress = (address: string): boolean =>
  isIP(address) === 4 ? loopback4.check(address, 'ipv4') : address === '::1';

/** The address that a URL's host is, without the brackets of IPv6; null where it is a name. */
export function addressIn(hostname: string): string | null {
  const bare = hostname.replace(/^\[|\]$/g, '');
  return isIP(bare) === 0 ? null : bare;
}

/** The eight numbers of an IPv6 address in any spelling, its zone left out; null where it is none. */
export function ipv6Groups(address: string): number[] | null {
  // URL writes every spelling in one way, without a dotted end.
  const written = URL.parse(`http://[${address.replace(/%.*$/, '')}]`)?.hostname.slice(1, -1);
  if (written === undefined) return null;
  const [before = [], after = []] = written
    .split('::')
    .map((side) => side.split(':').filter((group) => group !== ''));
  const missing = 8 - before.length - after.length;
  return [...before, ...Array.from({ length: missing }, () => '0'), ...after].map((group) =>
    Number.parseInt(group, 16),
  );
}

/** The IPv4 address in the last four bytes of an IPv6 one. */
export function lastFourBytes(address: string): string {
  const [high = 0, low = 0] = ipv6Groups(address)?.slice(6) ?? [];
  return [high >> 8, high & 255, low >> 8, low & 255].join('.');
}
