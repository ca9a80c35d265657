import * as v from 'valibot';
import { marketplaceIdSchema } from '../domain/ids.ts';
import { roleSchema } from '../domain/tenant.ts';
import { addressIn, isPublicAddress } from './addresses.ts';

export const loopbackHosts: readonly string[] = ['localhost', '127.0.0.1', '127.0.0.2', '[::1]'];

export const isLoopback = (url: URL): boolean => loopbackHosts.includes(url.hostname);

const shortText = v.pipe(v.string(), v.minLength(1), v.maxLength(200));
const webUrl = v.pipe(
  v.string(),
  v.maxLength(300),
  v.check((text) => {
    const url = URL.parse(text);
    return (
      url !== null &&
      ['https:', 'http:'].includes(url.protocol) &&
      url.username === '' &&
      url.password === '' &&
      url.hash === ''
    );
  }, 'must be an https address'),
);
const originSchema = v.pipe(
  webUrl,
  v.check((text) => URL.parse(text)?.origin === text, 'must be an origin without a path'),
);
const kid = v.pipe(v.string(), v.regex(/^[A-Za-z0-9._-]{1,64}$/, 'must be a key id'));

/**
 * A marketplace that the operator allows (R1). Everything the app believes of it stands here: its
 * exact issuer, where its keys are, the one algorithm, which pages may frame the app and which
 * addresses its API may have. Nothing of this is ever taken from a token, a body or the network.
 */
export const marketplaceEntrySchema = v.pipe(
  v.strictObject({
    id: v.pipe(
      v.string(),
      v.regex(/^[a-z][a-z0-9-]{0,39}$/, 'must be a short name'),
      v.transform((id) => v.parse(marketplaceIdSchema, id)),
    ),
    name: v.pipe(shortText, v.maxLength(60)),
    issuer: shortText,
    jwksUri: webUrl,
    alg: v.picklist(['ES256', 'EdDSA', 'RS256']),
    env: v.picklist(['production', 'sandbox']),
    /**
     * The page that opens a screen of the app, for links in mails: `{module}` is the tile, `{screen}` what
     * the page puts behind the frame's hash. Left out where it has none.
     */
    screenUrl: v.optional(v.pipe(v.string(), v.maxLength(300))),
    uiOrigins: v.pipe(v.array(originSchema), v.minLength(1), v.maxLength(10)),
    apiOrigins: v.pipe(v.array(originSchema), v.minLength(1), v.maxLength(10)),
    /** The marketplace's own role words; one that is not here gives no access. */
    roleMap: v.record(shortText, roleSchema),
    /** `installed` enables at once, where a marketplace sends no `enabled` of its own. */
    autoEnable: v.optional(v.boolean(), false),
    deniedKids: v.optional(v.pipe(v.array(kid), v.maxLength(100)), []),
    status: v.optional(v.picklist(['active', 'suspended']), 'active'),
    /** Calls its gateway allows one reseller; its adapter's own figures where left out. */
    calls: v.optional(
      v.strictObject({
        perMinute: v.pipe(v.number(), v.integer(), v.minValue(1)),
        perDay: v.pipe(v.number(), v.integer(), v.minValue(1)),
      }),
    ),
    /** Which of `server/marketplaces` reads its API. */
    adapter: v.pipe(v.string(), v.regex(/^[a-z][a-z0-9-]{0,39}$/, 'must be a short name')),
  }),
  v.check(
    ({ screenUrl, uiOrigins }) =>
      screenUrl === undefined ||
      uiOrigins.includes(URL.parse(screenUrl.replaceAll(/[{}]/g, ''))?.origin ?? ''),
    'screenUrl must be on one of uiOrigins',
  ),
  v.check(
    (entry) =>
      entry.env === 'sandbox' || addressesOf(entry).every((url) => url.protocol === 'https:'),
    'must use https everywhere; only a sandbox may use http',
  ),
  v.check(
    (entry) => addressesOf(entry).every((url) => url.protocol === 'https:' || isLoopback(url)),
    'may use http on loopback only',
  ),
  v.check(
    (entry) =>
      entry.env === 'sandbox' ||
      addressesOf(entry).every((url) => {
        const address = addressIn(url.hostname);
        return !isLoopback(url) && (address === null || isPublicAddress(address));
      }),
    'must be on the internet: only a sandbox may be on this machine, none on a private network',
  ),
);
export type MarketplaceEntry = v.InferOutput<typeof marketplaceEntrySchema>;

/** The operator's allow-list. An issuer or id that stands twice is refused. */
export const marketplacesSchema = v.pipe(
  v.array(marketplaceEntrySchema),
  v.minLength(1, 'must name at least one marketplace'),
  v.maxLength(50),
  v.check(
    (entries) => isDistinct(entries.map(({ issuer }) => issuer)),
    'must name each issuer once',
  ),
  v.check((entries) => isDistinct(entries.map(({ id }) => id)), 'must name each id once'),
);

function addressesOf(entry: {
  jwksUri: string;
  uiOrigins: readonly string[];
  apiOrigins: readonly string[];
}): URL[] {
  // What is no address at all is a fault of its own field already.
  return [entry.jwksUri, ...entry.uiOrigins, ...entry.apiOrigins].flatMap(
    (text) => URL.parse(text) ?? [],
  );
}

const isDistinct = (values: readonly string[]): boolean => new Set(values).size === values.length;
