import { createHash } from 'node:crypto';
import { GATEWAY, MARKETPLACE_NAME } from './marketplace/config.ts';
import { APP_PATH } from './marketplace/pages/integrations.ts';
import { SYSTEM_IDS } from './systems.ts';
import type { World } from './world.ts';
import { WEBHOOK_KEY } from './xero/webhooks.ts';

/**
 * The environment that the app's process is started with: the very variables that an operator sets in production, with the
 * sandbox's addresses in them. `DEV` alone is the sandbox's own.
 */
export function appEnv(
  world: World,
  options: { port: number; dataDirectory: string; isDev: boolean },
): Record<string, string> {
  return {
    PORT: String(options.port),
    HOST: 'localhost',
    PUBLIC_URL: world.urls.app,
    DATA_DIR: options.dataDirectory,
    MARKETPLACES: JSON.stringify([allowListEntry(world)]),
    SMTP_URL: world.urls.mail,
    MAIL_FROM: 'Ledgerport <post@ledgerport.example>',
    // No secret: made from the folder's name, so that the same folder can be read again after a Kill.
    MASTER_KEYS: `1:${createHash('sha256').update(options.dataDirectory).digest('base64url')}`,
    ...Object.assign(
      {},
      ...SYSTEM_IDS.map((id) =>
        systemEnv(id.toUpperCase(), world.clients[id], world.urls.systems[id]),
      ),
    ),
    XERO_WEBHOOK_KEY: WEBHOOK_KEY,
    ...(options.isDev ? { DEV: '1' } : {}),
  };
}

/** The sandbox's own adapter (`../kit/telling-marketplace.ts`): SimpleAPI, and users beside it. */
export const ADAPTER_WITH_USERS = 'cloudblue-with-users';

/** What an operator who trusts this marketplace writes into the app's allow-list. */
export function allowListEntry({ marketplace: { config, directory } }: World) {
  return {
    id: config.marketplaceId,
    name: MARKETPLACE_NAME,
    issuer: config.issuer,
    jwksUri: config.jwksUri,
    alg: config.alg,
    env: config.env,
    screenUrl: `${config.uiOrigin}${APP_PATH}?module={module}&screen={screen}`,
    uiOrigins: [config.uiOrigin],
    apiOrigins: [new URL(config.apiBase).origin],
    roleMap: config.roleMap,
    adapter: directory.isTold ? ADAPTER_WITH_USERS : 'cloudblue',
    calls: { perMinute: GATEWAY.callsPerMinute, perDay: GATEWAY.callsPerDay },
  };
}

/** Systems that know an integration by its identifier alone. */
const typedAccess: ReadonlySet<string> = new Set(['AUTOTASK', 'CONNECTWISE']);

/** A player keeps its vendor's paths under one address, so login, identity, API and the people's pages are all there. */
function systemEnv(
  name: string,
  { clientId, clientSecret }: { clientId: string; clientSecret: string },
  url: string,
): Record<string, string> {
  return {
    [`${name}_CLIENT_ID`]: clientId,
    ...(typedAccess.has(name) ? {} : { [`${name}_CLIENT_SECRET`]: clientSecret }),
    [`${name}_LOGIN_URL`]: url,
    [`${name}_IDENTITY_URL`]: url,
    [`${name}_API_URL`]: url,
    [`${name}_APP_URL`]: url,
  };
}
