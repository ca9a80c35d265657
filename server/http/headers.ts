/** What a route is for, which decides its headers (R14). */
export type RouteClass = 'embed' | 'connect' | 'api' | 'asset' | 'public';

/** Named one by one where `default-src` would say it too: not every rule falls back on it. */
const noContent = ["default-src 'none'", "object-src 'none'", "base-uri 'none'"];
const pagePolicy = [
  ...noContent,
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "font-src 'self'",
  "connect-src 'self'",
  "form-action 'none'",
  "require-trusted-types-for 'script'",
  // No policy may be made either: nothing here turns text into HTML or an address of a script.
  "trusted-types 'none'",
];
const featuresOff = [
  'accelerometer',
  'camera',
  'display-capture',
  'geolocation',
  'gyroscope',
  'hid',
  'magnetometer',
  'microphone',
  'midi',
  'payment',
  'publickey-credentials-get',
  'serial',
  'usb',
]
  .map((feature) => `${feature}=()`)
  .join(', ');

const everywhere = {
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'Permissions-Policy': featuresOff,
  'Origin-Agent-Cluster': '?1',
};

/**
 * Headers of a reply, error pages included. `ancestors` are the exact origins that may frame the
 * page; `secure` is true where the public address is https (RFC 6797 7.2: no HSTS over http).
 */
export function headersOf(
  routeClass: RouteClass,
  { ancestors, secure }: { ancestors: readonly string[]; secure: boolean },
): Record<string, string> {
  return {
    ...everywhere,
    ...(secure ? { 'Strict-Transport-Security': 'max-age=31536000; includeSubDomains' } : {}),
    ...own[routeClass](ancestors),
  };
}

const policyOf = (rules: readonly string[], ancestors: readonly string[] = []): string =>
  [...rules, framedBy(ancestors)].join('; ');
const framedBy = (ancestors: readonly string[]): string =>
  `frame-ancestors ${ancestors.length > 0 ? ancestors.join(' ') : "'none'"}`;

const own: Readonly<Record<RouteClass, (ancestors: readonly string[]) => Record<string, string>>> =
  {
    // No X-Frame-Options here: it cannot name an origin and would contradict frame-ancestors.
    embed: (ancestors) => ({
      'Content-Security-Policy': policyOf(pagePolicy, ancestors),
      'Cross-Origin-Opener-Policy': 'same-origin-allow-popups',
      'Cache-Control': 'no-cache',
    }),
    // The popup must keep its opener, so COOP stays off here: a noted exception to ASVS 3.4.8.
    connect: () => ({
      'Content-Security-Policy': policyOf(pagePolicy),
      'X-Frame-Options': 'DENY',
      'Cross-Origin-Opener-Policy': 'unsafe-none',
      'Cache-Control': 'no-store',
    }),
    api: () => ({
      'Content-Security-Policy': policyOf([...noContent, 'sandbox']),
      'X-Frame-Options': 'DENY',
      'Cross-Origin-Opener-Policy': 'same-origin',
      'Cross-Origin-Resource-Policy': 'same-origin',
      'Cache-Control': 'no-store',
    }),
    asset: () => ({
      'Content-Security-Policy': policyOf(noContent),
      'X-Frame-Options': 'DENY',
      'Cross-Origin-Resource-Policy': 'same-origin',
      'Cache-Control': 'public, max-age=31536000, immutable',
    }),
    // Documents for machines of other origins, such as the manifest and its icons.
    public: () => ({
      'Content-Security-Policy': policyOf([...noContent, 'sandbox']),
      'X-Frame-Options': 'DENY',
      'Cache-Control': 'no-cache',
    }),
  };
