import { createAutotask } from './autotask/index.ts';
import type { SandboxClock } from './clock.ts';
import { createConnectWise } from './connectwise/index.ts';
import type { Tile } from './marketplace/config.ts';
import type { Player } from './player.ts';
import { createXero } from './xero/index.ts';

/** What the app is registered with at a vendor; where the vendor knows no OAuth, the id is what its calls are known by. */
export interface OAuthClient {
  clientId: string;
  clientSecret: string;
  redirectUri: string;
}

export interface SystemContext {
  clock: SandboxClock;
  seed: number;
  baseUrl: string;
  client: OAuthClient;
  /** Carries what a system sends by itself, such as a callback, to whoever listens. */
  deliver(request: Request): Promise<Response>;
  /** What the marketplace calls its customers and products now, so that some have the same name in a system. */
  names: { readonly customers: string[]; readonly products: { mpn: string; name: string }[] };
}

/** The accounting and PSA products of the world, in the order of their ports. */
export const SYSTEM_IDS = ['xero', 'autotask', 'connectwise'] as const;
export type SystemId = (typeof SYSTEM_IDS)[number];

/** One value for each system. */
export function bySystem<T>(make: (id: SystemId) => T): Record<SystemId, T> {
  return {
    xero: make('xero'),
    autotask: make('autotask'),
    connectwise: make('connectwise'),
  };
}

/** The marketplace's doorways; a tile's module is the system's id. */
export const TILES: readonly Tile[] = [
  {
    module: 'xero',
    name: 'Xero',
    sentence: 'Invoices for what your customers order here, in your Xero organisation.',
  },
  {
    module: 'autotask',
    name: 'Autotask PSA',
    sentence: 'Services and charges on your Autotask contracts for what your customers order here.',
  },
  {
    module: 'connectwise',
    name: 'ConnectWise PSA',
    sentence: 'Additions on your ConnectWise agreements for what your customers order here.',
  },
];

/** The players; a system's id is its player's name. */
export function createSystems(context: (id: SystemId) => SystemContext) {
  return {
    xero: createXero({
      ...context('xero'),
      clients: [granular(context('xero').client)],
      webhook: {
        url: `${new URL(context('xero').client.redirectUri).origin}/webhooks/xero`,
        deliver: context('xero').deliver,
      },
    }),
    autotask: createAutotask({
      ...context('autotask'),
      vendorTrackingId: context('autotask').client.clientId,
    }),
    connectwise: createConnectWise({
      ...context('connectwise'),
      clientId: context('connectwise').client.clientId,
    }),
  } satisfies Record<SystemId, Player>;
}

export type Systems = ReturnType<typeof createSystems>;

/** Apps registered since 2 March 2026 may ask for granular scopes only (developer.xero.com/faq/granular-scopes). */
function granular({ clientId, clientSecret, redirectUri }: OAuthClient) {
  return {
    clientId,
    clientSecret,
    redirectUris: [redirectUri],
    name: 'Ledgerport',
    granularScopesOnly: true,
  };
}
