import { AppError } from '../domain/errors.ts';
import type { TenantId } from '../domain/ids.ts';
import type { Clock, Crypto, Fetch } from '../domain/ports/machine.ts';
import type { Marketplace, MarketplaceAdapter } from '../domain/ports/marketplace.ts';
import type { Store } from '../domain/ports/store.ts';
import type { Installation } from '../domain/tenant.ts';
import { type Budget, createBudget, type Purpose, paced } from './budget.ts';

interface Options {
  store: Store;
  clock: Clock;
  crypto: Crypto;
  /** The network as far as the installation's own marketplace: an address that was typed leads to no other. */
  fetchOf(installation: Installation): Fetch;
  adapterOf(installation: Installation): MarketplaceAdapter;
  /** Calls an installation may make, where the operator says other figures than the adapter. */
  callsOf(installation: Installation): { perMinute: number; perDay: number } | undefined;
  credentials(installation: Installation): Promise<Readonly<Record<string, string>> | null>;
}

export interface Marketplaces {
  /** Null while the tenant has given no access. The opened one is kept: it holds the token. */
  open(tenantId: TenantId, purpose: Purpose): Promise<Marketplace | null>;
  /** With credentials that are not stored yet, to try them. */
  openWith(
    installation: Installation,
    given: { method: string; credentials: Readonly<Record<string, string>> },
  ): Marketplace;
  budget(installation: Installation): Budget;
  /** Access changed or ended: the next call opens anew. */
  forget(tenantId: TenantId): void;
}

/** Opened marketplaces by tenant, each with the one budget of its installation. */
export function createMarketplaces({
  store,
  clock,
  crypto,
  fetchOf,
  adapterOf,
  callsOf,
  credentials,
}: Options): Marketplaces {
  const budgets = new Map<string, Budget>();
  const opened = new Map<string, Record<Purpose, Marketplace>>();

  function budget(installation: Installation): Budget {
    const { callsPerMinute, callsPerDay } = adapterOf(installation).manifest;
    const { perMinute, perDay } = callsOf(installation) ?? {
      perMinute: callsPerMinute,
      perDay: callsPerDay,
    };
    // Two marketplaces may give one id.
    const key = `${installation.tenantId} ${installation.id}`;
    const known =
      budgets.get(key) ??
      createBudget({
        store,
        clock,
        tenantId: installation.tenantId,
        id: `marketplace:${installation.id}`,
        perMinute,
        perDay,
      });
    budgets.set(key, known);
    return known;
  }

  function openFor(
    installation: Installation,
    given: { method: string; credentials: Readonly<Record<string, string>> },
    purpose: Purpose,
  ): Marketplace {
    const own = budget(installation);
    const spend = purpose === 'background' ? paced(own, clock) : own.spend;
    return adapterOf(installation).open({
      apiBase: installation.apiBase,
      ...given,
      fetch: fetchOf(installation),
      clock,
      crypto,
      spend: () => spend(purpose),
    });
  }

  return {
    budget,
    forget: (tenantId) => {
      opened.delete(tenantId);
    },
    openWith: (installation, given) => openFor(installation, given, 'person'),
    open: async (tenantId, purpose) => {
      const known = opened.get(tenantId);
      if (known !== undefined) return known[purpose];
      const reader = await store.read(tenantId);
      const installation = reader.list('installation').find(({ state }) => state === 'enabled');
      const access = reader.get('marketplaceAccess', 'marketplace');
      if (installation === undefined) throw new AppError('marketplace.not-connected');
      const given = access === null ? null : await credentials(installation);
      if (access === null || given === null) return null;
      const both = {
        background: openFor(
          installation,
          { method: access.method, credentials: given },
          'background',
        ),
        person: openFor(installation, { method: access.method, credentials: given }, 'person'),
      };
      opened.set(tenantId, both);
      return both[purpose];
    },
  };
}
