import { AppError } from '../domain/errors.ts';
import type { Fetch } from '../domain/ports/machine.ts';
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
  const all = [...options.origins];
  const exact = new Set(all.filter((origin) => !origin.includes('*')));
  const numbered = all.filter((origin) => origin.includes('*')).map(numberedOrigin);
  const isKnown = (origin: string): boolean =>
    exact.has(origin) || numbered.some((pattern) => pattern.test(origin));
  return async (request) => {
    const url = new URL(request.url);
    const isSafe =
      url.protocol === 'https:' || (sandbox && url.protocol === 'http:' && isLoopback(url));
    if (!isSafe || !isKnown(url.origin)) throw new AppError('internal');
    return fetch(new Request(request, { redirect: 'error', credentials: 'omit' }));
  };
}

/** `https://host*.example.com`: the star is up to three digits, so that no other host fits. */
function numberedOrigin(origin: string): RegExp {
  const [before = '', after = ''] = origin.split('*').map((part) => part.replaceAll('.', '\\.'));
  return new RegExp(`^${before}\\d{0,3}${after}$`);
}
