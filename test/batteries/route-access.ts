import { describe, expect, test } from 'vitest';
import { type Role, roles } from '../../server/domain/tenant.ts';
import { createApp } from '../../server/http/app.ts';
import { createRateLimits, limits } from '../../server/http/limits.ts';
import type { AnyRoute } from '../../server/http/route.ts';
import { createAccessWorld, publicUrl } from '../kit/access-world.ts';
import { silentLogger } from '../kit/test-crypto.ts';

const wordOf: Readonly<Record<Role, string>> = {
  viewer: 'reader',
  operator: 'billing',
  admin: 'owner',
};

/**
 * What every route of the `/v1` table must refuse before its handler runs: nobody, a broken bearer,
 * every role below its minimum, a stranger's page, and an old sign-in where it asks for a fresh one.
 * The handlers are replaced, so the list can come from services that do nothing.
 */
export function routeAccessBattery(name: string, routes: readonly AnyRoute[]): void {
  describe(`access of ${name}`, () => {
    test.each(routes.map((route) => [route.key, route] as const))(
      'T21, V3.5.3, V6.3.4, V6.8.4, V7.2.1, V8.2.1, V8.3.1: %s',
      async (_key, route) => {
        const world = await battery([route]);
        const call = (headers: Record<string, string>) => world.call(route, headers);
        expect(await call({})).toEqual([401, 'access.unauthenticated']);
        for (const authorization of ['Bearer x', `Bearer ${'A'.repeat(43)}`, 'Basic eDp5', ''])
          expect(await call({ authorization })).toEqual([401, 'access.unauthenticated']);
        // What the marketplace signs opens a session or tells an event; it is never a bearer itself.
        for (const token of await world.signedTokens())
          expect(await call({ authorization: `Bearer ${token}` })).toEqual([
            401,
            'access.unauthenticated',
          ]);
        for (const role of roles) {
          const authorization = `Bearer ${await world.bearer({ roles: [wordOf[role]] })}`;
          const allowed = roles.indexOf(role) >= roles.indexOf(route.rule.role);
          const expected = allowed ? [200, null] : [403, 'access.forbidden'];
          expect(await call({ authorization })).toEqual(expected);
        }
        const authorization = `Bearer ${await world.bearer()}`;
        expect(await call({ authorization, origin: 'https://evil.example' })).toEqual([
          403,
          'request.origin',
        ]);
        expect(await call({ authorization, 'sec-fetch-site': 'cross-site' })).toEqual([
          403,
          'request.origin',
        ]);
        await world.clock.advance(61_000);
        const stale = route.rule.stepUp ? [401, 'access.step-up'] : [200, null];
        expect(await call({ authorization })).toEqual(stale);
        await world.tell('disabled');
        expect((await call({ authorization }))[0]).toBe(401);
        expect(world.reached()).toBe(
          route.rule.stepUp ? allowedCount(route) : allowedCount(route) + 1,
        );
      },
    );
  });
}

const allowedCount = ({ rule }: AnyRoute): number => roles.length - roles.indexOf(rule.role);

async function battery(routes: readonly AnyRoute[]) {
  const world = await createAccessWorld();
  await world.install();
  let reached = 0;
  const app = createApp({
    publicUrl,
    proxyHops: 0,
    clock: world.clock,
    ids: { next: () => 'request' },
    logger: silentLogger,
    sessions: world.sessions,
    limits: createRateLimits({ clock: world.clock, of: limits }),
    audit: { record: () => {} },
    mounts: [],
    routes: routes.map((route) => ({
      ...route,
      handle: async () => {
        reached += 1;
        return {};
      },
    })),
  });
  return {
    clock: world.clock,
    bearer: (over?: Record<string, unknown>) => world.bearer(over),
    tell: (event: string) => world.tell(event),
    signedTokens: async () => [
      await world.sessionToken(),
      await world.keys.sign(world.lifecycleClaims('enabled', '{}'), { typ: 'mkt-lifecycle+jwt' }),
    ],
    reached: () => reached,
    call: async ({ method, path }: AnyRoute, headers: Record<string, string>) => {
      const url = `${publicUrl}${path.replaceAll(/:\w+/g, 'x')}`;
      const response = await app.request(url, { method, headers });
      if (response.ok) return [response.status, null];
      const body: unknown = await response.json();
      const code = typeof body === 'object' && body !== null ? Reflect.get(body, 'code') : null;
      return [response.status, code];
    },
  };
}
