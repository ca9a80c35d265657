import type { MarketplaceEntry } from '../access/marketplaces.ts';
import { connectors as connectorsBySystem } from '../connectors/index.ts';
import { AppError } from '../domain/errors.ts';
import type { Connector } from '../domain/ports/connector.ts';
import type { MarketplaceAdapter } from '../domain/ports/marketplace.ts';
import type { OAuthClient } from '../domain/ports/system-access.ts';
import type { Installation } from '../domain/tenant.ts';
import type { Environment } from '../env.ts';
import { marketplaces } from '../marketplaces/index.ts';

/** The systems there are, and the marketplaces that the operator allows. */
export interface Registry {
  systems: readonly Connector[];
  /** Null for a system that there is not. */
  system(systemId: string): Connector | null;
  /** Throws `request.not-found` for a system that there is not. */
  connector(systemId: string): Connector;
  /** What the operator is registered with at the system; null where there is nothing. */
  clientOf(systemId: string): OAuthClient | null;
  /** Throws `access.disabled` once the operator has taken the marketplace off the list. */
  entryOf(installation: Installation): MarketplaceEntry;
  adapterOf(entry: MarketplaceEntry): MarketplaceAdapter;
  /** Every origin that is called. */
  origins: readonly string[];
}

export function createRegistry(
  env: Environment,
  adapters: readonly MarketplaceAdapter[] = marketplaces,
): Registry {
  const ownHosts = env.selfHosted.map(({ origin }) => origin);
  const systems = new Map(
    Object.entries(connectorsBySystem).map(([id, create]): [string, Connector] => [
      id,
      create(env.systems[id]?.urls ?? {}, ownHosts),
    ]),
  );
  return {
    systems: [...systems.values()],
    system: (systemId) => systems.get(systemId) ?? null,
    connector: (systemId) => {
      const found = systems.get(systemId);
      if (found === undefined) throw new AppError('request.not-found');
      return found;
    },
    clientOf: (systemId) => env.systems[systemId]?.client ?? null,
    entryOf: ({ marketplaceId }) => {
      const entry = env.marketplaces.find(({ id }) => id === marketplaceId);
      if (entry === undefined) throw new AppError('access.disabled');
      return entry;
    },
    adapterOf: (entry) => {
      const adapter = adapters.find(({ manifest }) => manifest.id === entry.adapter);
      if (adapter === undefined) throw new AppError('internal');
      return adapter;
    },
    origins: [
      ...env.marketplaces.flatMap((entry) => [...entry.apiOrigins, new URL(entry.jwksUri).origin]),
      ...[...systems.values()].flatMap(({ origins }) => origins),
      ...ownHosts,
    ],
  };
}
