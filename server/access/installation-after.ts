import { instant } from '../domain/dates.ts';
import type { InstallationId, TenantId } from '../domain/ids.ts';
import type { Installation } from '../domain/tenant.ts';
import type { LifecycleBody } from './lifecycle-events.ts';
import type { LifecycleChange } from './lifecycle-rules.ts';
import type { MarketplaceEntry } from './marketplaces.ts';

interface Step {
  change: LifecycleChange | null;
  seq: number;
  body: LifecycleBody;
  entry: MarketplaceEntry;
  tenantId: TenantId;
  installationId: InstallationId;
  marketplaceTenantId: string;
  nowMs: number;
}

/**
 * The installation after an accepted event; null where there is none to keep. A repeated `installed`
 * changes name and tiles only: never origins, keys or owner. The epoch rises whenever every session
 * and all queued work must end.
 */
export function installationAfter(before: Installation | null, step: Step): Installation | null {
  if (!before) return step.body.evt === 'installed' ? created(step, step.body) : null;
  const seq = Math.max(before.seq, step.seq);
  switch (step.change) {
    case null:
    case 'installed':
      return { ...before, seq };
    case 'updated':
      return step.body.evt === 'installed'
        ? { ...before, seq, name: step.body.tenant.name, modules: step.body.modules }
        : { ...before, seq };
    case 'enabled':
      return { ...before, seq, state: 'enabled' };
    case 'disabled':
      return { ...before, seq, state: 'disabled', epoch: before.epoch + 1 };
    case 'uninstalled':
      return {
        ...before,
        seq,
        state: 'uninstalled',
        epoch: before.epoch + 1,
        modules: [],
        uninstalledAt: instant(step.nowMs),
      };
    case 'purged':
      return { ...before, seq, state: 'purged', epoch: before.epoch + 1 };
    default:
      return step.change satisfies never;
  }
}

function created(step: Step, body: Extract<LifecycleBody, { evt: 'installed' }>): Installation {
  return {
    id: step.installationId,
    marketplaceId: step.entry.id,
    tenantId: step.tenantId,
    marketplaceTenantId: step.marketplaceTenantId,
    name: body.tenant.name,
    state: step.entry.autoEnable ? 'enabled' : 'installed',
    epoch: 1,
    seq: step.seq,
    apiBase: body.apiBase,
    modules: body.modules,
    installedAt: instant(step.nowMs),
    uninstalledAt: null,
  };
}
