import { Hono } from 'hono';
import type { SandboxClock } from '../clock.ts';
import { createFaultBoard } from '../faults.ts';
import { createJournal } from '../journal.ts';
import type { Player, ResetOptions } from '../player.ts';
import { createSimpleApi, type SimpleApi } from './api/app.ts';
import { MARKETPLACE_FAULTS } from './api/faults.ts';
import { type AppConfig, appConfig, TENANTS, type Tile } from './config.ts';
import { createInstallations, type Installations } from './host/installations.ts';
import { createSigningKeys, type SigningKeys } from './host/keys.ts';
import { hostRoutes } from './host/routes.ts';
import { createVisitors, type Visitors } from './host/visitors.ts';
import { createMarket, type Market } from './market.ts';
import { pageRoutes } from './pages/routes.ts';
import { createDirectory, type Directory } from './users/directory.ts';

export interface Marketplace extends Player {
  config: AppConfig;
  tiles: readonly Tile[];
  clock: SandboxClock;
  market: Market;
  api: SimpleApi;
  keys: SigningKeys;
  installations: Installations;
  visitors: Visitors;
  directory: Directory;
  /** Reaches the app from the marketplace's backend. */
  fetchApp(request: Request): Promise<Response>;
}

/**
 * A reseller marketplace: SimpleAPI 1.15, a panel for the reseller's people, and the host side of the embedded app, all
 * from one state.
 */
export function createMarketplace(options: {
  clock: SandboxClock;
  urls: { marketplace: string; app: string };
  fetchApp(request: Request): Promise<Response>;
  tiles: readonly Tile[];
  seed: number;
  size: ResetOptions['size'];
}): Marketplace {
  const { clock, fetchApp } = options;
  const journal = createJournal();
  const faults = createFaultBoard(MARKETPLACE_FAULTS);
  const config = appConfig(options.urls);
  const keys = createSigningKeys();
  const market = createMarket({ clock, journal, tenants: TENANTS });
  const directory = createDirectory();
  const api = createSimpleApi({
    directory,
    clock,
    faults,
    tenants: TENANTS,
    account: market.account,
    shift: market.shift,
  });
  const installations = createInstallations({ clock, journal, config, keys, fetchApp });
  const visitors = createVisitors(TENANTS);
  const routes = new Hono();
  const reset = (how: ResetOptions) => {
    journal.clear();
    faults.clear();
    api.clear();
    market.reset(how);
    directory.clear();
  };
  const marketplace: Marketplace = {
    name: 'marketplace',
    config,
    tiles: options.tiles,
    clock,
    market,
    api,
    keys,
    installations,
    visitors,
    directory,
    fetchApp,
    fetch: (request) => {
      market.settle();
      return routes.fetch(request);
    },
    journal: journal.entries,
    faults: faults.views,
    setFault: faults.set,
    reset,
  };
  clock.onJump(market.settle);
  reset(options);
  routes.route('/', api.routes);
  routes.route('/', hostRoutes(marketplace));
  routes.route('/', pageRoutes(marketplace));
  return marketplace;
}
