import { createHash, randomBytes } from 'node:crypto';
import * as v from 'valibot';
import type { AuditFact } from '../../server/access/audit.ts';
import { createKeySet } from '../../server/access/key-set.ts';
import { createLifecycle } from '../../server/access/lifecycle.ts';
import { type MarketplaceEntry, marketplaceEntrySchema } from '../../server/access/marketplaces.ts';
import { createSessionReplay } from '../../server/access/replay.ts';
import { createSessions } from '../../server/access/sessions.ts';
import { createVault } from '../../server/access/vault.ts';
import { createVerifier } from '../../server/access/verify.ts';
import { tenantKey } from '../../server/domain/ids.ts';
import type { Crypto, Logger } from '../../server/domain/ports/machine.ts';
import { createApp } from '../../server/http/app.ts';
import { createEvents } from '../../server/http/events.ts';
import { createRateLimits } from '../../server/http/limits.ts';
import type { Mount } from '../../server/http/mount.ts';
import type { AnyRoute } from '../../server/http/route.ts';
import { embedRoutes } from '../../server/http/routes/embed.ts';
import { healthRoutes } from '../../server/http/routes/health.ts';
import { lifecycleRoutes } from '../../server/http/routes/lifecycle.ts';
import { sessionRoutes } from '../../server/http/routes/session.ts';
import { streamRoutes } from '../../server/http/routes/stream.ts';
import { wellKnownRoutes } from '../../server/http/routes/well-known.ts';
import { bodyHash, createMarketplaceKeys, tokenId, without } from './marketplace-keys.ts';
import { createMemoryStore } from './memory-store.ts';
import { createTestClock } from './test-clock.ts';
import { silentLogger } from './test-crypto.ts';

export const publicUrl = 'https://app.example.com';
export const issuer = 'https://market.example.com';
const startedAt = '2026-11-23T10:00:00.000Z';

/** Real random bytes: bearers and states must differ. */
export const realCrypto: Crypto = {
  hash: (text) => createHash('sha256').update(text).digest('hex'),
  randomBytes: (length) => new Uint8Array(randomBytes(length)),
};

export const entryOf = (given: object = {}): MarketplaceEntry =>
  v.parse(marketplaceEntrySchema, {
    id: 'market',
    name: 'Example Market',
    issuer,
    jwksUri: `${issuer}/jwks.json`,
    alg: 'ES256',
    env: 'production',
    uiOrigins: ['https://ui.example.com'],
    apiOrigins: ['https://api.example.com'],
    roleMap: { owner: 'admin', billing: 'operator', reader: 'viewer' },
    adapter: 'cloudblue',
    ...given,
  });

export const tenantOf = (tid: string) => tenantKey('market', tid);

/** The app's access part with a marketplace that signs, all in this process. */
export async function createAccessWorld(
  options: {
    routes?: readonly AnyRoute[];
    mounts?: readonly Mount[];
    /** Marketplaces beside the first, signing with the same keys. */
    others?: readonly MarketplaceEntry[];
    logger?: Logger;
  } = {},
) {
  const clock = createTestClock(startedAt);
  const keys = await createMarketplaceKeys();
  const entry = entryOf();
  const store = createMemoryStore(clock);
  const audited: AuditFact[] = [];
  const released: string[][] = [];
  const audit = { record: (fact: AuditFact) => void audited.push(fact) };
  let keyReads = 0;
  const verifier = createVerifier({
    entries: [entry, ...(options.others ?? [])],
    clock,
    publicUrl,
    keySet: (of) =>
      createKeySet({
        entry: of,
        clock,
        alert: () => {},
        fetch: async () => {
          keyReads += 1;
          return Response.json(keys.jwks);
        },
      }),
  });
  const vault = createVault({
    store,
    crypto: realCrypto,
    masterKeys: [{ id: '1', key: new Uint8Array(randomBytes(32)) }],
  });
  const sessions = createSessions({ store, clock, crypto: realCrypto });
  const limits = createRateLimits({ clock });
  const events = createEvents();
  const lifecycle = createLifecycle({
    store,
    clock,
    vault,
    sessions,
    audit,
    release: async (_tenantId, connections) => {
      const ids = connections.map(({ id }) => id);
      return async () => void released.push(ids);
    },
    forget: async () => {},
    changed: () => {},
  });
  const replay = createSessionReplay({ clock });
  let requests = 0;
  const app = createApp({
    publicUrl,
    proxyHops: 0,
    clock,
    ids: { next: () => `request-${++requests}` },
    logger: options.logger ?? silentLogger,
    sessions,
    limits,
    audit,
    routes: [...streamRoutes({ events, sessions, clock }), ...(options.routes ?? [])],
    mounts: [
      ...sessionRoutes({ verifier, replay, sessions, store, limits, audit }),
      ...lifecycleRoutes({ verifier, lifecycle, limits, audit }),
      ...embedRoutes({
        assets: async (path) => assets[path] ?? null,
        marketplaces: [entry],
        publicUrl,
      }),
      ...healthRoutes({ notReady: async () => [], refuses: () => null }),
      ...wellKnownRoutes({ publicUrl }),
      ...(options.mounts ?? []),
    ],
  });

  let seq = 0;
  const nowSeconds = () => Math.floor(clock.nowMs() / 1000);
  const times = () => ({ iat: nowSeconds(), exp: nowSeconds() + 60 });

  return {
    clock,
    keys,
    entry,
    store,
    audited,
    released,
    verifier,
    vault,
    sessions,
    events,
    lifecycle,
    replay,
    app,
    keyReads: () => keyReads,
    /** The claims of a good session token, with some laid over them; undefined leaves one out. */
    sessionClaims: (over: Record<string, unknown> = {}) =>
      without({
        iss: issuer,
        aud: `${publicUrl}/session`,
        ...times(),
        jti: tokenId(),
        env: 'production',
        tid: 'reseller-1',
        iid: 'inst-1',
        sub: 'user-1',
        name: 'Ada',
        sid: 'host-session-1',
        roles: ['owner'],
        ctx: { module: 'xero' },
        org: 'https://ui.example.com',
        ...over,
      }),
    sessionToken(over: Record<string, unknown> = {}, header: Record<string, unknown> = {}) {
      return keys.sign(this.sessionClaims(over), { typ: 'mkt-session+jwt', ...header });
    },
    async openSession(over: Record<string, unknown> = {}) {
      return app.request(`${publicUrl}/v1/session`, {
        method: 'POST',
        headers: { authorization: `Bearer ${await this.sessionToken(over)}` },
      });
    },
    /** A bearer for a person with a role of the marketplace's own words. */
    async bearer(over: Record<string, unknown> = {}) {
      const reply: unknown = await (await this.openSession(over)).json();
      return v.parse(v.object({ token: v.string() }), reply).token;
    },
    lifecycleBody: (event: string, over: Record<string, unknown> = {}) => ({
      tid: 'reseller-1',
      iid: 'inst-1',
      evt: event,
      ...(event === 'installed'
        ? {
            tenant: { name: 'Bluegum IT' },
            apiBase: 'https://api.example.com/simpleapi',
            modules: ['xero'],
          }
        : {}),
      ...over,
    }),
    lifecycleClaims: (event: string, body: string, over: Record<string, unknown> = {}) => {
      seq += 1;
      return without({
        iss: issuer,
        aud: `${publicUrl}/lifecycle`,
        ...times(),
        jti: tokenId(),
        env: 'production',
        tid: 'reseller-1',
        iid: 'inst-1',
        act: 'admin-1',
        evt: event,
        eid: `event-${seq}`,
        seq,
        prev: null,
        htm: 'POST',
        htu: `${publicUrl}/lifecycle/${event}`,
        bsh: bodyHash(body),
        ...over,
      });
    },
    async tell(
      event: string,
      over: { claims?: Record<string, unknown>; body?: Record<string, unknown> } = {},
    ) {
      const ids = Object.fromEntries(
        Object.entries(over.claims ?? {}).filter(([name]) => name === 'iid' || name === 'tid'),
      );
      const body = JSON.stringify(this.lifecycleBody(event, { ...ids, ...over.body }));
      const claims = this.lifecycleClaims(event, body, over.claims);
      const token = await keys.sign(claims, { typ: 'mkt-lifecycle+jwt' });
      return this.post(`/lifecycle/${event}`, token, body);
    },
    post: (path: string, token: string, body: string) =>
      app.request(`${publicUrl}${path}`, {
        method: 'POST',
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
        body,
      }),
    get: (path: string, bearer: string) =>
      app.request(`${publicUrl}${path}`, { headers: { authorization: `Bearer ${bearer}` } }),
    async install() {
      await this.tell('installed');
      await this.tell('enabled');
    },
  };
}
export type AccessWorld = Awaited<ReturnType<typeof createAccessWorld>>;

const encoded = (text: string) => new TextEncoder().encode(text);
const assets: Readonly<Record<string, Uint8Array<ArrayBuffer>>> = {
  'index.html': encoded(
    '<html><head><meta name="host-origins" content="" /><script src="./assets/a.js"></script></head></html>',
  ),
  'connect.html': encoded('<html><head></head></html>'),
  'assets/a.js': encoded('export {};'),
};
