import type { Audit } from '../access/audit.ts';
import { AppError } from '../domain/errors.ts';
import type { RateLimits } from './limits.ts';
import type { Mount } from './mount.ts';

type Call = Parameters<Mount['handle']>[0];
type Reply = Awaited<ReturnType<Mount['handle']>>;

/**
 * What stands around the proof of a call that a system makes by itself: anybody may knock, none may knock for
 * ever. `at` is one address of ours among many: a system in the cloud calls for all its customers from the same
 * few machines, so that what one of them sends in vain does not shut out the others.
 */
export function toldGate({ limits, audit }: { limits: RateLimits; audit: Audit }) {
  return {
    /** Before anything of it is read; `request.invalid` where the body is packed. */
    open({ request, address }: Call, at?: string): void {
      if (address !== null) {
        limits.check('unauthenticatedPerAddress', address);
        limits.check('refusedPerAddress', callerAt(address, at));
      }
      if (request.headers.get('content-encoding') !== null) throw new AppError('request.invalid');
    },
    /** The proof was not good: counted against the caller. */
    refuse({ address }: Call, at?: string): void {
      if (address !== null) limits.spend('refusedPerAddress', callerAt(address, at));
    },
    /** Nobody has that address of ours. */
    guessed({ address }: Call): void {
      if (address !== null) limits.spend('unauthenticatedPerAddress', address);
    },
    /** A line in the trail: somebody who knows the address could not sign. */
    tell({ requestId }: Call, systemId: string): void {
      audit.record({
        action: 'hint',
        outcome: 'refused',
        reason: 'signature',
        marketplaceId: null,
        tenantId: null,
        object: systemId,
        requestId,
      });
    },
    /** The answer to a good one, which is never more than that it came. */
    taken(systemId: string): Reply {
      limits.spend('hintsPerSystem', systemId);
      return { status: 200, body: '', headers: {} };
    },
  };
}

const callerAt = (address: string, at?: string): string =>
  at === undefined ? address : `${address} ${at}`;
