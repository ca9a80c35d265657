import { connectors } from '../../server/connectors/index.ts';
import { instant } from '../../server/domain/dates.ts';
import type { Link } from '../../server/domain/link.ts';
import type { Settings } from '../../server/domain/settings.ts';
import { createAssessor } from '../../server/sync/assessor.ts';
import { takeBlends } from '../../server/sync/blend/take-blends.ts';
import type { Check } from '../../server/sync/check/context.ts';
import { planTasks } from '../../server/sync/plan/plan.ts';
import { worldOf } from '../../server/sync/plan/world.ts';
import { must } from '../sandbox/must.ts';
import { connectionId, createCheckWorld, tenantId } from '../sync/check-world.ts';
import { type Plain, planManifest, planWorld } from './plan-world.ts';
import { testCrypto } from './test-crypto.ts';

/** A stored world in which changes of seats become one line, as the check does it, and what is planned then. */
export async function blendWorld(plain: Plain) {
  const { context, store, clock } = createCheckWorld();
  const xero = must(connectors.xero, 'Xero')({});
  const connector = { ...xero, manifest: planManifest };
  const assess = createAssessor({ clock, crypto: testCrypto, connector: () => connector });
  await store.transact(tenantId, planWorld(plain).fill);
  const takes = (): Promise<boolean> => {
    const at = instant(clock.nowMs());
    const check: Check = { ...context, assess, tenantId, purpose: 'background', at };
    return takeBlends(check);
  };
  const read = () => store.read(tenantId);
  const connection = async () => must((await read()).get('connection', connectionId), 'it');
  return {
    store,
    read,
    takes,
    connection,
    settings: async (changes: Partial<Settings>) => {
      const before = await connection();
      const settings = { ...before.settings, ...changes };
      await store.transact(tenantId, (tx) => tx.put('connection', { ...before, settings }));
    },
    tasks: async () =>
      (await read())
        .list('task')
        .map(({ orderId, state }) => `${orderId.split(':')[0]} ${state}`)
        .sort(),
    plans: async () => {
      const reader = await read();
      const world = worldOf({
        reader,
        tenantId,
        connection: await connection(),
        manifest: planManifest,
        crypto: testCrypto,
        nowMs: clock.nowMs(),
      });
      return planTasks(world, world.tasks()).plans;
    },
    link: (link: Link) => store.transact(tenantId, (tx) => tx.put('link', link)),
  };
}
