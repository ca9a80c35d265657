import { createKeySet } from '../../server/access/key-set.ts';
import { instant } from '../../server/domain/dates.ts';
import type { CredentialConnector } from '../../server/domain/ports/connector.ts';
import type { Fetch } from '../../server/domain/ports/machine.ts';
import type { ConnectorSession } from '../../server/domain/ports/session.ts';
import { cloudblue } from '../../server/marketplaces/cloudblue/adapter.ts';
import { connected, documentIn, intentOf, newDocument } from '../batteries/connector-world.ts';
import type { StandingWorld } from '../batteries/standing-connector.ts';
import { autotaskConnector, createAutotaskWorld } from '../connectors/autotask-world.ts';
import { connectWiseConnector, createConnectWiseWorld } from '../connectors/connectwise-world.ts';
import { createXeroWorld, xeroConnector } from '../connectors/xero-world.ts';
import { recorded } from '../fuzz/recorded.ts';
import { entryOf } from '../kit/access-world.ts';
import { createMarketplaceKeys } from '../kit/marketplace-keys.ts';
import { createTestClock } from '../kit/test-clock.ts';
import { testCrypto } from '../kit/test-crypto.ts';
import { MARKETPLACE_URL, NOW_MS, TENANT, testMarket } from '../sandbox/marketplace/testing.ts';
import { must } from '../sandbox/must.ts';
import type { Party } from './party.ts';

const ofSystem = /^(system|connect)\./;
/** Who typed the access may be asked for more of it. */
const ofTyped = /^((system|connect)\.|request\.invalid$)/;
const dayMs = 86_400_000;

/** A marketplace's public keys, with the key that is asked for among them or not. */
export async function keyServer(): Promise<Party> {
  const { jwks } = await createMarketplaceKeys();
  return {
    name: 'A key server',
    fetch: async () => Response.json(jwks),
    secrets: [],
    told: /^$/,
    questions: {
      'a key': (fetch) =>
        createKeySet({
          entry: entryOf(),
          clock: createTestClock('2026-11-23T10:00:00.000Z'),
          alert: () => {},
          fetch,
        })
          .find('key-1')
          // A key is no value that could be looked into.
          .then((key) => key?.type ?? null),
    },
  };
}

export async function simpleApi(): Promise<Party> {
  const { user, password, subscriptionKey, marketplaceCode } = TENANT.api;
  const { marketplace: player } = testMarket();
  const honest = recorded(async (request) => player.fetch(request));
  const span = { from: instant(NOW_MS - 5 * dayMs), to: instant(NOW_MS) };
  const open = (fetch: Fetch) =>
    cloudblue.open({
      apiBase: `${MARKETPLACE_URL}/simpleapi`,
      method: 'native',
      credentials: { username: user, password, subscriptionKey, marketplace: marketplaceCode },
      clock: createTestClock(new Date(NOW_MS).toISOString()),
      crypto: testCrypto,
      fetch,
      spend: async () => {},
    });
  const order = must((await open(honest).orders(span)).records[0], 'an order');
  const subscription = must((await open(honest).subscriptions()).records[0], 'a subscription');
  return {
    name: 'SimpleAPI',
    fetch: honest,
    secrets: [password, subscriptionKey],
    told: /^marketplace\./,
    questions: {
      'that it works': (fetch) => open(fetch).test(),
      customers: (fetch) => open(fetch).customers(),
      products: (fetch) => open(fetch).products(),
      orders: (fetch) => open(fetch).orders(span),
      'an order': (fetch) => open(fetch).order(order.id),
      subscriptions: (fetch) => open(fetch).subscriptions(),
      'a subscription': (fetch) => open(fetch).subscription(subscription.id),
    },
  };
}

export async function xero(): Promise<Party> {
  const world = createXeroWorld();
  const { client, clock } = world;
  const { tokens, found, account, session } = await connected(xeroConnector, world);
  const write = await newDocument({ session, account, clock, n: 1 });
  const elements = session.prepare([write]);
  const { id, kind } = documentIn((await session.write(elements, 'key'))[0]);
  const open = (fetch: Fetch) =>
    xeroConnector.open({
      account,
      accessToken: async () => tokens.accessToken,
      fetch,
      clock,
      limiter: xeroConnector.limiter(clock),
      purpose: 'background',
    });
  return {
    name: 'Xero',
    fetch: recorded(world.fetch),
    secrets: [tokens.accessToken, tokens.refreshToken, client.clientSecret],
    told: ofSystem,
    questions: {
      'a renewal of tokens': (fetch) => xeroConnector.refresh({ client, tokens, fetch, clock }),
      organisations: (fetch) => xeroConnector.accounts({ tokens, company: null, fetch, clock }),
      account: (fetch) => open(fetch).account(),
      companies: (fetch) => open(fetch).companies(null),
      items: (fetch) => open(fetch).items(null),
      reference: (fetch) => open(fetch).reference(),
      documents: (fetch) => open(fetch).documents(null),
      'a document': (fetch) => open(fetch).documentsById([{ id, kind }]),
      'a document written': (fetch) => open(fetch).write(elements, 'key'),
      'an unclear write': (fetch) =>
        open(fetch).recover(elements.map((element) => intentOf(element, clock))),
      // The last one: after it the honest one answers no other.
      'an end': (fetch) =>
        xeroConnector.disconnect({
          tokens,
          vendorConnectionId: found.vendorConnectionId,
          fetch,
          clock,
        }),
    },
  };
}

export const autotask = (): Promise<Party> =>
  typed('Autotask', autotaskConnector, createAutotaskWorld());
export const connectWise = (): Promise<Party> =>
  typed('ConnectWise', connectWiseConnector, createConnectWiseWorld());

/** A system with access by typed fields. */
async function typed(
  name: string,
  connector: CredentialConnector,
  world: StandingWorld,
): Promise<Party> {
  const { client, clock, credentials } = world;
  const fetch = recorded(world.fetch);
  const own = () => ({
    client,
    clock,
    limiter: connector.limiter(clock),
    purpose: 'background' as const,
  });
  const account = await connector.connect({ ...own(), fetch, credentials });
  const open = (changed: Fetch): ConnectorSession =>
    connector.open({ ...own(), account, fetch: changed, credentials: async () => credentials });
  const [document] = (await open(fetch).documents(null)).records;
  const { id, kind } = must(document, 'a document');
  return {
    name,
    fetch,
    secrets: world.secrets.map((field) => credentials[field] ?? ''),
    told: ofTyped,
    questions: {
      access: (changed) => connector.connect({ ...own(), fetch: changed, credentials }),
      companies: (changed) => open(changed).companies(null),
      items: (changed) => open(changed).items(null),
      reference: (changed) => open(changed).reference(),
      documents: (changed) => open(changed).documents(null),
      'a document': (changed) => open(changed).documentsById([{ id, kind }]),
    },
  };
}
