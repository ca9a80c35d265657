import type { Audit } from '../../access/audit.ts';
import type { Lifecycle } from '../../access/lifecycle.ts';
import { lifecycleEvents } from '../../access/lifecycle-events.ts';
import type { Verifier } from '../../access/verify.ts';
import { AppError } from '../../domain/errors.ts';
import { jsonAnswer } from '../answer.ts';
import type { RateLimits } from '../limits.ts';
import type { Mount } from '../mount.ts';
import { signedRequest } from '../signed-request.ts';

export interface LifecycleRouteServices {
  verifier: Verifier;
  lifecycle: Lifecycle;
  limits: RateLimits;
  audit: Audit;
}

/** `POST /lifecycle/<event>`: what a marketplace tells us of an installation, signed (R7). */
export function lifecycleRoutes(services: LifecycleRouteServices): Mount[] {
  const { verifier, lifecycle, limits, audit } = services;
  return lifecycleEvents.map((event) => ({
    method: 'POST',
    path: `/lifecycle/${event}`,
    routeClass: 'api',
    sameOrigin: true,
    handle: async (call) => {
      const { address, requestId } = call;
      if (address !== null) limits.check('refusedPerAddress', address);
      const verified = await verifier.verify('lifecycle', await signedRequest(call, event));
      if (verified.status === 'refused' || verified.kind !== 'lifecycle') {
        if (address !== null) limits.spend('refusedPerAddress', address);
        const refusal = verified.status === 'refused' ? verified : null;
        audit.record({
          action: 'lifecycle',
          outcome: 'refused',
          reason: refusal?.reason ?? null,
          marketplaceId: refusal?.marketplaceId ?? null,
          tenantId: null,
          object: event,
          requestId,
        });
        throw new AppError('access.unauthenticated');
      }
      limits.spend('lifecyclePerMarketplace', verified.entry.id);
      const { status } = await lifecycle.apply(verified, requestId);
      if (status === 409) throw new AppError('request.conflict');
      return jsonAnswer(JSON.stringify({ status: 'ok' }));
    },
  }));
}
