import type { SystemId } from '../sandbox/systems.ts';

/** The system whose interface a request is for; null for the marketplace and for tokens and keys. */
export function systemCalled({ url }: Pick<Request, 'url'>): SystemId | null {
  if (url.includes('/api.xro/')) return 'xero';
  if (url.includes('/ATServicesRest/')) return 'autotask';
  return url.includes('/apis/3.0/') ? 'connectwise' : null;
}

/** Whether it changes something there: queries of Autotask are posted and change nothing. */
export function isWriteOf(request: Pick<Request, 'url' | 'method'>): boolean {
  const isQuery = /\/query(\/|$)/.test(new URL(request.url).pathname);
  return systemCalled(request) !== null && request.method !== 'GET' && !isQuery;
}
