import { BlockList, isIP } from 'node:net';
import * as v from 'valibot';

/** A host that the operator runs or vouches for, beside those that a system's vendor has. */
export interface SelfHosted {
  origin: string;
  /** The private network in which it may be, as `10.20.0.0/16`; null where it must be on the internet. */
  network: string | null;
}

/** What a network of one's own can lie in (RFC 1918, RFC 4193). Never loopback, never link-local. */
const privateRanges: readonly [network: string, bits: number, family: 'ipv4' | 'ipv6'][] = [
  ['10.0.0.0', 8, 'ipv4'],
  ['172.16.0.0', 12, 'ipv4'],
  ['192.168.0.0', 16, 'ipv4'],
  ['fc00::', 7, 'ipv6'],
];

interface Network {
  address: string;
  bits: number;
  family: 'ipv4' | 'ipv6';
}

function networkOf(text: string): Network | null {
  const [, address = '', prefix = ''] = /^([0-9a-fA-F.:]+)\/(\d{1,3})$/.exec(text) ?? [];
  const version = isIP(address);
  const bits = Number(prefix);
  if (version === 0 || prefix === '' || bits > (version === 4 ? 32 : 128)) return null;
  return { address, bits, family: version === 4 ? 'ipv4' : 'ipv6' };
}

const isPrivate = ({ address, bits, family }: Network): boolean =>
  privateRanges.some(([network, least, of]) => {
    if (of !== family || bits < least) return false;
    const range = new BlockList();
    range.addSubnet(network, least, of);
    return range.check(address, family);
  });

/** `https://psa.example.com`, or with the private network it is in: `https://psa.example.com=10.20.0.0/16`. */
const hostSchema = v.pipe(
  v.string(),
  v.transform((text): SelfHosted => {
    const [origin = '', network] = text.trim().split('=');
    return { origin, network: network ?? null };
  }),
  v.check(
    ({ origin }) => URL.parse(origin)?.origin === origin && origin.startsWith('https:'),
    'must be https origins such as https://psa.example.com, separated by commas',
  ),
  v.check(({ network }) => {
    const found = network === null ? null : networkOf(network);
    return network === null || (found !== null && isPrivate(found));
  }, 'a network after = must lie in 10.0.0.0/8, 172.16.0.0/12, 192.168.0.0/16 or fc00::/7'),
);

/** The operator's own list: comma-separated, empty where there is none. */
export const selfHostedSchema = v.pipe(
  v.string(),
  v.transform((text) => text.split(',').filter((part) => part.trim() !== '')),
  v.array(hostSchema),
);

/**
 * Whether an address is in the private network that the operator named for an origin. An IPv4 address
 * inside an IPv6 one is none: a resolver gives the plain form.
 */
export function privateAddresses(
  hosts: readonly SelfHosted[],
): (origin: string, address: string) => boolean {
  const lists = new Map<string, Network & { list: BlockList }>();
  for (const { origin, network } of hosts) {
    const found = network === null ? null : networkOf(network);
    if (found === null) continue;
    const list = new BlockList();
    list.addSubnet(found.address, found.bits, found.family);
    lists.set(origin, { ...found, list });
  }
  return (origin, address) => {
    const own = lists.get(origin);
    if (own === undefined || isIP(address) !== (own.family === 'ipv4' ? 4 : 6)) return false;
    return own.list.check(address, own.family);
  };
}
