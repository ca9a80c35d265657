import type { Desk } from '../http/desk.ts';
import { createPresence } from '../http/presence.ts';
import type { Ground } from './ground.ts';
import type { Work } from './work.ts';

/** What the routes of a tenant's daily work share. */
export const createDesk = (
  { env, clock, store, registry }: Ground,
  { context, engine, marketplaces, sessions }: Work,
): Desk => ({
  context,
  engine,
  presence: createPresence({ clock }),
  systems: registry.systems,
  marketplaceName: (marketplaceId) =>
    env.marketplaces.find(({ id }) => id === marketplaceId)?.name ?? '',
  budgetOf: async (tenantId) => {
    const installation = (await store.read(tenantId))
      .list('installation')
      .find(({ state }) => state === 'enabled');
    const view = installation === undefined ? null : await marketplaces.budget(installation).view();
    return {
      perMinute: view?.minuteMax ?? 0,
      perDay: view?.dayMax ?? 0,
      usedToday: view?.dayUsed ?? 0,
    };
  },
  limitsOf: (_tenantId, connectionId) => sessions.limitsOf(connectionId),
  checkState: engine.checkState,
});
