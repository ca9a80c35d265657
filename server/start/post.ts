import type { MarketplaceEntry } from '../access/marketplaces.ts';
import { composeMail } from '../http/mail/compose.ts';
import type { PostContext } from '../sync/mail/post.ts';
import type { Ground } from './ground.ts';

/** How letters come about: in the reseller's words, with links that open the right screen. */
export const createPost = ({ store, clock, logger, mailer, registry }: Ground): PostContext => ({
  store,
  clock,
  logger,
  mailer,
  compose: async (tenantId, connection, letter) => {
    const installation = (await store.read(tenantId))
      .list('installation')
      .find(({ state }) => state === 'enabled');
    const entry = installation === undefined ? null : registry.entryOf(installation);
    return composeMail(
      {
        tenant: installation?.name ?? '',
        marketplace: entry?.name ?? '',
        system: registry.connector(connection.systemId).manifest.name,
        account: connection.account.name,
        home: `c/${connection.id}`,
        link: (screen) => screenLink(entry, connection.systemId, screen),
      },
      letter,
    );
  },
});

/** Where a screen opens inside the marketplace's page; null where the operator named no such page. */
function screenLink(entry: MarketplaceEntry | null, module: string, screen: string): string | null {
  if (entry?.screenUrl === undefined) return null;
  return entry.screenUrl
    .replace('{module}', encodeURIComponent(module))
    .replace('{screen}', encodeURIComponent(screen));
}
