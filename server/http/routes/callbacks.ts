import type { Audit } from '../../access/audit.ts';
import { AppError } from '../../domain/errors.ts';
import type { TakeCallback } from '../../sync/callbacks.ts';
import type { RateLimits } from '../limits.ts';
import type { Mount } from '../mount.ts';
import { bodyBytes } from '../request-checks.ts';

export interface CallbackServices {
  take: TakeCallback;
  limits: RateLimits;
  audit: Audit;
}

/** One record in summary. */
const bodyMaxBytes = 256 * 1024;

/**
 * `POST /callbacks/:systemId/:token`: a system that was asked to tells one connection that something
 * changed. What the system adds to the address is not looked at. A call that is not proven is 404, so that
 * nothing tells which addresses there are.
 */
export function callbackRoutes({ take, limits, audit }: CallbackServices): Mount[] {
  return [
    {
      method: 'POST',
      path: '/callbacks/:systemId/:token',
      routeClass: 'api',
      handle: async ({ request, params, requestId, address }) => {
        const { systemId = '', token = '' } = params;
        if (address !== null) limits.check('refusedPerAddress', address);
        if (request.headers.get('content-encoding') !== null) throw new AppError('request.invalid');
        const header = (name: string) => request.headers.get(name);
        const body = () => bodyBytes(request, bodyMaxBytes);
        const answer = await take({ systemId, token, header, body });
        if (answer !== 'taken') {
          if (address !== null) limits.spend('refusedPerAddress', address);
          // Whoever guesses addresses leaves no line each: the trail is for who knows one.
          if (answer === 'refused')
            audit.record({
              action: 'hint',
              outcome: 'refused',
              reason: 'signature',
              marketplaceId: null,
              tenantId: null,
              object: systemId,
              requestId,
            });
          throw new AppError('request.not-found');
        }
        limits.spend('hintsPerSystem', systemId);
        return { status: 200, body: '', headers: {} };
      },
    },
  ];
}
