import { GATEWAY, MARKETPLACE_NAME, TENANTS } from '../marketplace/config.ts';
import { SYSTEM_IDS } from '../systems.ts';
import type { World } from '../world.ts';
import { CONTROL_TABLE } from './table.ts';

/** `GET /sandbox.json`: where everybody is, with what to sign in, and how the world is controlled. */
export function described(world: World) {
  const { config } = world.marketplace;
  return {
    about: 'A made-up world to try the app in. Nothing here is real, and nothing here is a secret.',
    app: { url: world.urls.app },
    marketplace: {
      name: MARKETPLACE_NAME,
      url: world.urls.marketplace,
      registration: config,
      gateway: GATEWAY,
      tiles: world.marketplace.tiles,
    },
    tenants: TENANTS.map(({ tenantId, name, users, currencies, totals, api }) => ({
      tenantId,
      name,
      currencies,
      totals,
      users,
      api: {
        baseUrl: config.apiBase,
        ...api,
        oidc: {
          ...api.oidc,
          tokenUrl: `${config.issuer}/auth/realms/${api.oidc.realm}/protocol/openid-connect/token`,
        },
      },
    })),
    systems: SYSTEM_IDS.map((id) => ({
      id,
      url: world.urls.systems[id],
      client: world.clients[id],
      users: world.systems[id].users(),
      organisations: world.systems[id].organisations(),
      // What a bookkeeper does there, as JSON `{action, ...}` on the system's own address.
      person: `${world.urls.systems[id]}/sandbox/person`,
    })),
    mail: { server: world.urls.mail, mailbox: `${world.urls.marketplace}/mailbox` },
    origin: world.origin(),
    control: CONTROL_TABLE,
  };
}
