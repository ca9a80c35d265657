import { isIP } from 'node:net';
import { ipv6Groups, lastFourBytes } from '../access/addresses.ts';

/** Node's own request behind a call, as the server hands it over; none in process. */
export function incomingOf(env: unknown): Incoming | undefined {
  const incoming = memberOf(env, 'incoming');
  if (incoming === undefined) return undefined;
  const address = memberOf(memberOf(incoming, 'socket'), 'remoteAddress');
  return {
    remoteAddress: typeof address === 'string' ? address : undefined,
    rawHeaders: memberOf(incoming, 'rawHeaders'),
  };
}
interface Incoming {
  remoteAddress: string | undefined;
  rawHeaders: unknown;
}
const memberOf = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;

const addressMaxLength = 64;

/**
 * Who calls, for the limits: an IPv4 address, or the /64 of an IPv6 one, because whoever has one
 * address of it has all (RFC 6177). Behind `proxyHops` proxies it is the entry that the outermost of
 * them appended; whatever the caller wrote into the header stands before it and is not believed.
 * Null where there is no connection, as in process.
 */
export function callerOf(request: Request, env: unknown, proxyHops: number): string | null {
  const direct = incomingOf(env)?.remoteAddress;
  const told =
    proxyHops > 0
      ? (request.headers.get('x-forwarded-for') ?? '').split(',').at(-proxyHops)?.trim()
      : undefined;
  // A call that came past the proxies is counted for its own connection.
  const address = told || direct;
  return address === undefined ? null : groupOf(address.slice(0, addressMaxLength));
}

/** Addresses that are one caller have one group. What is no address stands for itself. */
export function groupOf(address: string): string {
  // Some proxies append the port as well.
  const bare =
    /^\[([^\]]+)\](?::\d+)?$/.exec(address)?.[1] ?? address.replace(/^([\d.]+):\d+$/, '$1');
  if (isIP(bare) !== 6) return bare;
  const groups = ipv6Groups(bare);
  if (groups === null) return bare;
  const isMapped = groups.slice(0, 5).every((group) => group === 0) && groups[5] === 0xffff;
  if (isMapped) return lastFourBytes(bare);
  return `${groups
    .slice(0, 4)
    .map((group) => group.toString(16))
    .join(':')}::/64`;
}
