import { Hono } from 'hono';
import { createSandboxClock, type SandboxClock } from './clock.ts';
import { controlPage } from './control/page.ts';
import { controlRoutes } from './control/routes.ts';
import { createMailbox, type Mailbox } from './mail/mailbox.ts';
import { FIRST_TENANT_ID } from './marketplace/config.ts';
import { createMarketplace, type Marketplace } from './marketplace/index.ts';
import type { Player, ResetOptions, WorldSize } from './player.ts';
import {
  bySystem,
  createSystems,
  type OAuthClient,
  SYSTEM_IDS,
  type SystemId,
  type Systems,
  TILES,
} from './systems.ts';

export interface WorldUrls {
  app: string;
  marketplace: string;
  /** The mail server, `smtp://host:port`. */
  mail: string;
  /** One origin for each system. */
  systems: Record<SystemId, string>;
}

/** What the world can do to the app; in-process tests have none. */
export interface AppControl {
  kill(): Promise<void>;
  start(): Promise<void>;
  state(): { running: boolean; pid: number | null; starts: number };
  /** Resolves when the app goes by the world's present time, or has had its chance to. */
  clockHeard(): Promise<void>;
}

export interface World {
  clock: SandboxClock;
  urls: WorldUrls;
  marketplace: Marketplace;
  /** Where every mail of the world arrives. */
  mailbox: Mailbox;
  /** By id, each with what it offers beyond a player; the marketplace is not among them. */
  systems: Systems;
  players(): Player[];
  player(name: string): Player | undefined;
  clients: Record<SystemId, OAuthClient>;
  /** Answers for any player, by the address's origin; the app's injected fetch in tests. Refuses every other origin. */
  fetch(request: Request): Promise<Response>;
  /** Tells the world how to reach an app in the same process, or how to stop and start one in another. */
  connectApp(app: {
    fetch?: (request: Request) => Promise<Response> | Response;
    control?: AppControl;
  }): void;
  appControl(): AppControl | undefined;
  /** How the world was last reset. */
  origin(): ResetOptions;
  reset(options: ResetOptions): void;
}

export const DEFAULT_URLS: WorldUrls = {
  app: 'http://localhost:4600',
  marketplace: 'http://127.0.0.1:4601',
  mail: 'smtp://127.0.0.1:4609',
  systems: {
    xero: 'http://[::1]:4602',
    autotask: 'http://[::1]:4603',
    connectwise: 'http://[::1]:4604',
  },
};

/** All players on one clock, in one process, with no port open. */
export function createWorld(
  options: { seed?: number; size?: WorldSize; clock?: SandboxClock; urls?: WorldUrls } = {},
): World {
  const { seed = 1, size = 'small', clock = createSandboxClock(), urls = DEFAULT_URLS } = options;
  let origin: ResetOptions = { seed, size };
  let app: { fetch?: (request: Request) => Promise<Response> | Response; control?: AppControl } =
    {};
  const mailbox = createMailbox(clock);
  const fetchApp = async (request: Request): Promise<Response> =>
    app.fetch ? app.fetch(request) : fetch(request);
  const clients: World['clients'] = bySystem((id) => clientOf(id, urls.app));
  const marketplace = createMarketplace({
    clock,
    tiles: TILES,
    seed,
    size,
    urls,
    fetchApp,
  });
  const names = marketplaceNames(marketplace);
  const systems = createSystems((id) => ({
    clock,
    seed,
    names,
    baseUrl: urls.systems[id],
    client: clients[id],
    deliver: fetchApp,
  }));
  const players = () => [marketplace, ...SYSTEM_IDS.map((id) => systems[id])];
  const front = new Hono();
  const byOrigin = new Map<string, (request: Request) => Promise<Response> | Response>([
    [urls.marketplace, (request) => front.fetch(request)],
    ...SYSTEM_IDS.map((id) => [urls.systems[id], systems[id].fetch] as const),
  ]);
  const world: World = {
    clock,
    urls,
    marketplace,
    mailbox,
    systems,
    clients,
    players,
    player: (name) => players().find((player) => player.name === name),
    fetch: async (request) => {
      const answer = byOrigin.get(new URL(request.url).origin);
      if (answer) return answer(request);
      throw new TypeError('fetch failed: nobody in the sandbox world has this address');
    },
    connectApp: (found) => {
      app = { ...app, ...found };
    },
    appControl: () => app.control,
    origin: () => origin,
    reset: (how) => {
      origin = how;
      for (const player of players()) player.reset(how);
      mailbox.clear();
    },
  };
  front.route('/', controlRoutes(world));
  front.route('/', controlPage(world));
  front.all('*', (context) => marketplace.fetch(context.req.raw));
  return world;
}

/** ConnectWise's developer network gives a GUID; a made-up one of the sandbox. */
const CONNECTWISE_CLIENT_ID = '5a9d0b0e-0000-4000-8000-00000000c1d1';

function clientOf(id: SystemId, appUrl: string): OAuthClient {
  return {
    clientId: id === 'connectwise' ? CONNECTWISE_CLIENT_ID : `${id}-sandbox-client`,
    clientSecret: `${id}-sandbox-client-secret`,
    redirectUri: `${appUrl}/connect/callback/${id}`,
  };
}

/** Read when a system is made or reset, so that it follows the marketplace's present seed. */
function marketplaceNames({ market }: Marketplace) {
  const account = () => market.account(FIRST_TENANT_ID);
  return {
    get customers() {
      return [...account().customers.values()].map(({ name }) => name);
    },
    get products() {
      return [...account().products.values()].map(({ mpn, name }) => ({ mpn, name }));
    },
  };
}
