/** The version that is served where none is asked for; every answer names it in `api-current-version`. */
export const CURRENT_VERSION = '2026.4';
/** Older ones have been taken away. */
const OLDEST_VERSION = '2020.1';
const VENDOR_TYPE = 'application/vnd.connectwise.com+json';

/**
 * `Accept: application/vnd.connectwise.com+json; version=2026.4` (vendor guide: Versioning). Without it the newest version is
 * served; `undefined` is a version that does not exist.
 */
export function contentTypeOf(accept: string | null): string | undefined {
  if (!accept?.toLowerCase().includes(VENDOR_TYPE)) return 'application/json; charset=utf-8';
  const version = /version=([^;,\s]+)/i.exec(accept)?.[1] ?? CURRENT_VERSION;
  const isKnown =
    /^\d{4}\.\d{1,2}$/.test(version) &&
    orderOf(version) >= orderOf(OLDEST_VERSION) &&
    orderOf(version) <= orderOf(CURRENT_VERSION);
  return isKnown ? `${VENDOR_TYPE}; version=${version}; charset=utf-8` : undefined;
}

function orderOf(version: string): number {
  const [year = 0, release = 0] = version.split('.').map(Number);
  return year * 100 + release;
}
