import { AppError } from '../domain/errors.ts';
import type { Fetch } from '../domain/ports.ts';
import { isLoopback } from './marketplaces.ts';

/**
 * The one way out (ASVS 13.2.4): https, only to origins that configuration names, never along a
 * redirect. Plain http on loopback is for a sandbox. Throws AppError `internal` for any other
 * address, because only a fault of ours can lead there.
 */
export function createEgress(options: {
  fetch: Fetch;
  origins: Iterable<string>;
  sandbox: boolean;
}): Fetch {
  const { fetch, sandbox } = options;
  const origins = new Set(options.origins);
  return async (request) => {
    const url = new URL(request.url);
    const isSafe =
      url.protocol === 'https:' || (sandbox && url.protocol === 'http:' && isLoopback(url));
    if (!isSafe || !origins.has(url.origin)) throw new AppError('internal');
    return fetch(new Request(request, { redirect: 'error', credentials: 'omit' }));
  };
}
