import { createSandboxClock, type SandboxClock } from '../clock.ts';
import { must } from '../must.ts';
import type { WorldSize } from '../player.ts';
import { TENANTS } from './config.ts';
import { createMarketplace, type Marketplace } from './index.ts';
import type { Scene } from './scene.ts';

export const NOW_MS = Date.parse('2026-11-23T09:00:00Z');
export const MARKETPLACE_URL = 'http://127.0.0.1:4601';
export const APP_URL = 'http://localhost:4600';
export const TENANT = must(TENANTS[0], 'the first reseller');
export const OTHER_TENANT = must(TENANTS[1], 'the second reseller');

export interface TestMarket {
  marketplace: Marketplace;
  clock: SandboxClock;
  /** Every request that the marketplace sent to the app; `answer` says with what it is answered. */
  sentToApp: Request[];
  appAnswers(answer: (request: Request) => Response | Promise<Response>): void;
  scene(): Scene;
  get(path: string, options?: { token?: string; key?: string }): Promise<Response>;
  /** A native token of the first reseller. */
  token(): Promise<string>;
}

/** One marketplace of its own for each test, at a fixed moment. */
export function testMarket(options: { size?: WorldSize; seed?: number } = {}): TestMarket {
  const clock = createSandboxClock({ startMs: NOW_MS, frozen: true });
  const sentToApp: Request[] = [];
  let answer: (request: Request) => Response | Promise<Response> = () => new Response('{}');
  const marketplace = createMarketplace({
    clock,
    urls: { marketplace: MARKETPLACE_URL, app: APP_URL },
    fetchApp: async (request) => {
      sentToApp.push(request.clone());
      return answer(request);
    },
    tiles: [{ module: 'xero', name: 'Xero', sentence: 'Invoices.' }],
    seed: options.seed ?? 1,
    size: options.size ?? 'small',
  });
  const { user, password, subscriptionKey, marketplaceCode } = TENANT.api;
  return {
    marketplace,
    clock,
    sentToApp,
    appAnswers: (given) => {
      answer = given;
    },
    scene: () => marketplace.market.scene(TENANT.tenantId, 'test'),
    get: async (path, { token, key = subscriptionKey } = {}) =>
      marketplace.fetch(
        new Request(`${MARKETPLACE_URL}/simpleapi${path}`, {
          headers: {
            'X-Subscription-Key': key,
            ...(token ? { Authorization: `Bearer ${token}` } : {}),
          },
        }),
      ),
    token: async () => {
      const response = await marketplace.fetch(
        new Request(`${MARKETPLACE_URL}/simpleapi/token`, {
          method: 'POST',
          headers: {
            'X-Subscription-Key': subscriptionKey,
            'Content-Type': 'application/json',
            Authorization: `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`,
          },
          body: JSON.stringify({ marketplace: marketplaceCode }),
        }),
      );
      const { token } = await response.json();
      return String(token);
    },
  };
}
