import type { Audit } from '../../access/audit.ts';
import { AppError } from '../../domain/errors.ts';
import type { Connector } from '../../domain/ports/connector.ts';
import type { RateLimits } from '../limits.ts';
import type { Mount } from '../mount.ts';
import { bodyBytes } from '../request-checks.ts';
import { toldGate } from '../told.ts';

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
  const gate = toldGate({ limits, audit });
  return [
    {
      method: 'POST',
      path: '/webhooks/:systemId',
      routeClass: 'api',
      handle: async (call) => {
        const { request, url, params } = call;
        const systemId = params.systemId ?? '';
        const hints = connector(systemId)?.hints;
        const key = keyOf(systemId);
        if (hints === undefined || key === null) throw new AppError('request.not-found');
        gate.open(call);
        if (url.search !== '') throw new AppError('request.invalid');
        const body = await bodyBytes(request, bodyMaxBytes);
        const accounts = hints.read({ body, signature: request.headers.get(hints.header), key });
        if (accounts === null) {
          gate.refuse(call);
          gate.tell(call, systemId);
          throw new AppError('access.unauthenticated');
        }
        if (accounts.length > 0) changed(systemId, accounts);
        return gate.taken(systemId);
      },
    },
  ];
}
