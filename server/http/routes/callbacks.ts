import type { Audit } from '../../access/audit.ts';
import { AppError } from '../../domain/errors.ts';
import type { TakeCallback } from '../../sync/callbacks.ts';
import type { RateLimits } from '../limits.ts';
import type { Mount } from '../mount.ts';
import { bodyBytes } from '../request-checks.ts';
import { toldGate } from '../told.ts';

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
  const gate = toldGate({ limits, audit });
  return [
    {
      method: 'POST',
      path: '/callbacks/:systemId/:token',
      routeClass: 'api',
      handle: async (call) => {
        const { request, params } = call;
        const { systemId = '', token = '' } = params;
        gate.open(call, token);
        const header = (name: string) => request.headers.get(name);
        const body = () => bodyBytes(request, bodyMaxBytes);
        const answer = await take({ systemId, token, header, body });
        if (answer === 'taken') return gate.taken(systemId);
        // Whoever guesses addresses leaves no line each: the trail is for who knows one.
        if (answer === 'nobody') gate.guessed(call);
        else {
          gate.refuse(call, token);
          gate.tell(call, systemId);
        }
        throw new AppError('request.not-found');
      },
    },
  ];
}
