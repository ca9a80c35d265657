import * as v from 'valibot';
import { expect, test } from 'vitest';
import { connectionSchema } from '../../server/domain/connection.ts';
import { instant } from '../../server/domain/dates.ts';
import { AppError } from '../../server/domain/errors.ts';
import type { Connector } from '../../server/domain/ports/connector.ts';
import type { Tokens } from '../../server/domain/ports/system-access.ts';
import { defaultSettings } from '../../server/domain/settings.ts';
import { createLeases } from '../../server/sync/lease.ts';
import { createAccessTokens } from '../../server/sync/tokens.ts';
import { tenantOf } from '../kit/access-world.ts';
import { createMemoryStore } from '../kit/memory-store.ts';
import { createTestClock } from '../kit/test-clock.ts';
import { vendorConnector } from '../kit/vendor-connector.ts';

const tenantId = tenantOf('reseller-1');
const connection = v.parse(connectionSchema, {
  id: 'connection-1',
  systemId: 'other',
  account: {
    id: 'org-1',
    name: 'Demo Company',
    baseCurrency: 'AUD',
    country: 'AU',
    timeZone: 'Australia/Sydney',
    taxBasis: 'exclusive',
    lockedUntil: null,
    demo: true,
    shortCode: null,
  },
  state: 'active',
  failure: null,
  connectedBy: { kind: 'app' },
  connectedAt: instant(0),
  vendorConnectionId: 'vc-1',
  ownApp: null,
  marksAdopted: false,
  settings: defaultSettings,
  settingsSaved: false,
  billFrom: null,
  billsNewCustomers: true,
  paused: null,
  totalsInclude: null,
  lastWriteAt: null,
});

/** A vendor whose refresh tokens work once: a second use ends the grant. */
function world() {
  const clock = createTestClock('2026-11-23T10:00:00.000Z');
  const store = createMemoryStore(clock);
  let stored: Tokens = {
    accessToken: 'access-0',
    refreshToken: 'refresh-0',
    expiresAt: instant(clock.nowMs()),
    scope: '',
  };
  const used: string[] = [];
  let written = true;
  const connector: Connector = {
    ...vendorConnector,
    refresh: async ({ tokens, clock: { nowMs } }) => {
      if (used.includes(tokens.refreshToken)) throw new AppError('system.reconnect');
      used.push(tokens.refreshToken);
      await new Promise((resolve) => setImmediate(resolve));
      const turn = used.length;
      return {
        accessToken: `access-${turn}`,
        refreshToken: `refresh-${turn}`,
        expiresAt: instant(nowMs() + 30 * 60_000),
        scope: '',
      };
    },
  };
  let ids = 0;
  const ended = new Set<string>();
  const worker = () =>
    createAccessTokens({
      store,
      clock,
      fetch: async ({ headers }) => {
        const bearer = headers.get('authorization') ?? '';
        return new Response(null, { status: ended.has(bearer) ? 401 : 200 });
      },
      leases: createLeases({ store, clock, ids: { next: () => `holder-${++ids}` } }),
      secrets: {
        read: async () => stored,
        seal: async (_tenant, _connection, tokens) => () => {
          if (!written) throw new AppError('store.failed');
          stored = tokens;
        },
        client: async () => ({ clientId: 'id', clientSecret: 'secret' }),
      },
      connector: () => connector,
    });
  return {
    clock,
    worker,
    used,
    stored: () => stored,
    /** The vendor takes this token no longer. */
    ends: (token: string) => ended.add(`Bearer ${token}`),
    storeFails: (fails: boolean) => {
      written = !fails;
    },
  };
}

test('T35: twenty renewals at once in two workers spend one refresh token', async () => {
  const { clock, worker, used, stored } = world();
  const workers = [worker(), worker()];
  const asked = Promise.all(
    Array.from({ length: 20 }, (_, turn) => workers[turn % 2]?.valid(tenantId, connection, null)),
  );
  for (let turn = 0; turn < 20; turn += 1) {
    await new Promise((resolve) => setImmediate(resolve));
    await clock.advance(50);
  }
  const tokens = await asked;
  expect(new Set(tokens)).toEqual(new Set(['access-1']));
  expect(used).toEqual(['refresh-0']);
  expect(stored().refreshToken).toBe('refresh-1');
});

test('T35, V16.5.3: a new token that could not be stored is never used', async () => {
  const { worker, stored, storeFails } = world();
  storeFails(true);
  await expect(worker().valid(tenantId, connection, null)).rejects.toThrow('store.failed');
  expect(stored().accessToken).toBe('access-0');
});

test('a token that the system refuses is renewed, though its end was dated by a clock that ran ahead', async () => {
  const { clock, worker, used, ends } = world();
  const tokens = worker();
  const call = async (): Promise<number> => {
    const token = await tokens.valid(tenantId, connection, null);
    const headers = { authorization: `Bearer ${token}` };
    return (await tokens.send(connection, new Request('https://system.example', { headers })))
      .status;
  };
  expect(await call()).toBe(200);
  await clock.advance(10 * 60_000);
  ends('access-1');
  expect(await call()).toBe(401);
  expect(await call()).toBe(200);
  expect(await call()).toBe(200);
  expect(used).toEqual(['refresh-0', 'refresh-1']);
});
