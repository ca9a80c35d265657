import type { Audit } from '../../access/audit.ts';
import { AppError } from '../../domain/errors.ts';
import type { Connector } from '../../domain/ports/connector.ts';
import type { RateLimits } from '../limits.ts';
import type { Mount } from '../mount.ts';
import { bodyBytes } from '../request-checks.ts';

export interface HintServices {
  connector(systemId: string): Connector | null;
  /** What the system signs with; null where the operator set nothing up. */
  key(systemId: string): string | null;
  /** Something changed in these accounts of the system. Throws nothing and waits for nothing. */
  changed(systemId: string, accountIds: readonly string[]): void;
  limits: RateLimits;
  audit: Audit;
}

/** Thousands of events of a few hundred bytes each. */
const bodyMaxBytes = 1024 * 1024;

/**
 * `POST /webhooks/:systemId`: a system tells that something changed. The signature is looked at over the
 * raw bytes before anything is read; a good one is answered at once and without a body, a bad one with
 * 401, which is also what a system asks for when the address is set up.
 */
export function hintRoutes(services: HintServices): Mount[] {
  const { connector, key: keyOf, changed, limits, audit } = services;
  return [
    {
      method: 'POST',
      path: '/webhooks/:systemId',
      routeClass: 'api',
      handle: async ({ request, url, params, requestId, address }) => {
        const systemId = params.systemId ?? '';
        const hints = connector(systemId)?.hints;
        const key = keyOf(systemId);
        if (hints === undefined || key === null) throw new AppError('request.not-found');
        if (address !== null) limits.check('refusedPerAddress', address);
        if (url.search !== '' || request.headers.get('content-encoding') !== null)
          throw new AppError('request.invalid');
        const body = await bodyBytes(request, bodyMaxBytes);
        const accounts = hints.read({ body, signature: request.headers.get(hints.header), key });
        if (accounts === null) {
          if (address !== null) limits.spend('refusedPerAddress', address);
          audit.record({
            action: 'hint',
            outcome: 'refused',
            reason: 'signature',
            marketplaceId: null,
            tenantId: null,
            object: systemId,
            requestId,
          });
          throw new AppError('access.unauthenticated');
        }
        limits.spend('hintsPerSystem', systemId);
        if (accounts.length > 0) changed(systemId, accounts);
        return { status: 200, body: '', headers: {} };
      },
    },
  ];
}
