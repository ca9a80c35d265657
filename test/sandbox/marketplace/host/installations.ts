import type { SandboxClock } from '../../clock.ts';
import type { Journal } from '../../journal.ts';
import { API_PATH, type AppConfig, type TenantConfig } from '../config.ts';
import { ActionRefused } from '../scene.ts';
import type { SigningKeys } from './keys.ts';
import {
  type LifecycleAnswer,
  type LifecycleEvent,
  type LifecycleOverrides,
  sendLifecycle,
} from './lifecycle.ts';

export type InstallationState = 'none' | 'installed' | 'enabled' | 'disabled' | 'uninstalled';

export interface Installation {
  tenantId: string;
  installationId: string;
  state: InstallationState;
  /** The tiles in place. */
  modules: string[];
  seq: number;
  /** The installation that this one replaced. */
  previous: string | null;
}

export interface Installations {
  of(tenantId: string): Installation;
  /** A tile installs, or, when the app is there already, adds itself. */
  addTile(tenant: TenantConfig, module: string, actor: string): Promise<LifecycleAnswer>;
  /** The last tile that goes uninstalls the app. */
  removeTile(tenant: TenantConfig, module: string, actor: string): Promise<LifecycleAnswer>;
  /** Any event at any time, for the controls and for attack tests; the state follows only a 2xx. */
  send(options: {
    tenant: TenantConfig;
    event: LifecycleEvent;
    actor: string;
    eventId?: string | undefined;
    seq?: number | undefined;
    overrides?: LifecycleOverrides | undefined;
  }): Promise<LifecycleAnswer>;
}

const AFTER: Record<LifecycleEvent, InstallationState> = {
  installed: 'installed',
  enabled: 'enabled',
  disabled: 'disabled',
  uninstalled: 'uninstalled',
  redact: 'none',
};

/** What the marketplace knows of the app in each reseller's account. It survives a reset of the orders and customers. */
export function createInstallations(world: {
  clock: SandboxClock;
  journal: Journal;
  config: AppConfig;
  keys: SigningKeys;
  fetchApp(request: Request): Promise<Response>;
}): Installations {
  const known = new Map<string, Installation>();
  /** Installations that are over and forgotten: the next one is another, and replaces nobody. */
  const redacted = new Set<string>();
  const of = (tenantId: string): Installation => {
    const found = known.get(tenantId) ?? fresh(tenantId, null);
    known.set(tenantId, found);
    return found;
  };
  const send: Installations['send'] = async ({ tenant, event, actor, eventId, seq, overrides }) => {
    const installation = of(tenant.tenantId);
    // Grows with time, so that an app which kept its data still takes the word of a marketplace that was started anew.
    installation.seq = Math.max(installation.seq + 1, Math.floor(world.clock.nowMs() / 1000));
    const { tenantId, installationId, previous } = installation;
    const call = {
      event,
      tenantId,
      installationId,
      actor,
      previous,
      seq: seq ?? installation.seq,
      ...(eventId ? { eventId } : {}),
      body: {
        tid: tenantId,
        iid: installationId,
        evt: event,
        ...(event === 'installed'
          ? {
              tenant: { name: tenant.name },
              plan: 'standard',
              apiBase: world.config.issuer + API_PATH,
              modules: installation.modules,
            }
          : {}),
      },
      overrides,
    };
    const answer = await sendLifecycle(call, world);
    const taken = answer.status !== null && answer.status >= 200 && answer.status < 300;
    if (taken) follow(installation, event);
    world.journal.record({
      atMs: world.clock.nowMs(),
      kind: 'lifecycle.sent',
      actor,
      data: {
        tenantId,
        installationId,
        event,
        eid: answer.eventId,
        seq: call.seq,
        modules: call.body.modules ?? null,
        status: answer.status,
        tries: answer.tries,
      },
    });
    return answer;
  };
  const follow = (installation: Installation, event: LifecycleEvent) => {
    // A further tile sends `installed` to an app that is enabled, and it stays enabled.
    if (event === 'installed' && installation.state !== 'none') return;
    installation.state = AFTER[event];
    if (event === 'redact') redacted.add(installation.installationId);
    if (event === 'uninstalled') installation.modules = [];
  };
  return {
    of,
    send,
    addTile: async (tenant, module, actor) => {
      let installation = of(tenant.tenantId);
      const isForgotten = redacted.has(installation.installationId);
      if (installation.state === 'uninstalled' || isForgotten) {
        const { seq } = installation;
        const next = fresh(tenant.tenantId, installation);
        installation = { ...next, seq, previous: isForgotten ? null : next.previous };
        known.set(tenant.tenantId, installation);
      }
      if (installation.modules.includes(module))
        throw new ActionRefused('this tile is installed already');
      const isFirst = installation.state === 'none';
      installation.modules = [...installation.modules, module];
      const answer = await send({ tenant, event: 'installed', actor });
      if (!isTaken(answer)) {
        installation.modules = installation.modules.filter((each) => each !== module);
        return answer;
      }
      return isFirst ? send({ tenant, event: 'enabled', actor }) : answer;
    },
    removeTile: (tenant, module, actor) => {
      const installation = of(tenant.tenantId);
      if (!installation.modules.includes(module))
        throw new ActionRefused('this tile is not installed');
      const left = installation.modules.filter((each) => each !== module);
      if (left.length === 0) return send({ tenant, event: 'uninstalled', actor });
      installation.modules = left;
      return send({ tenant, event: 'installed', actor });
    },
  };
}

export function isTaken({ status }: LifecycleAnswer): boolean {
  return status !== null && status >= 200 && status < 300;
}

function fresh(tenantId: string, replaced: Installation | null): Installation {
  const count = replaced ? Number(replaced.installationId.split('-').at(-1)) + 1 : 1;
  return {
    tenantId,
    installationId: `inst-${tenantId}-${count}`,
    state: 'none',
    modules: [],
    seq: 0,
    previous: replaced ? replaced.installationId : null,
  };
}
