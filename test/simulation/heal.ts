import * as v from 'valibot';
import { settingsSchema } from '../../server/domain/settings.ts';
import type { Business } from './begin.ts';
import type { Scene } from './scene.ts';

const minuteMs = 60_000;
const dayMs = 24 * 60 * minuteMs;
const looksMax = 12;
const settingsReply = v.object({ settings: settingsSchema });
const connectionSchema = v.object({ state: v.string() });
const runsSchema = v.array(v.object({ endedAt: v.nullable(v.string()) }));

/** Everything gets well again: no fault, no crash, no pause; time passes until nothing is open. */
export async function heal(scene: Scene, { path, connectionId, homes }: Business): Promise<void> {
  const { person, trace } = scene;
  trace.note('heal');
  person.signOut();
  scene.network.setStorm({ all: 0, writes: 0 });
  for (const player of scene.world.players())
    for (const { name, active } of player.faults()) if (active) player.setFault(name, null);
  scene.life().spare();
  await scene.recover();
  scene.life().spare();
  // Tokens from before the start are refused, and lost keys of the marketplace are asked for again.
  await scene.pass(6 * minuteMs);
  const call = (route: string, body?: unknown) =>
    scene.wait(person.call(route, body).then((value) => ({ value }))).then(({ value }) => value);
  const connection = v.parse(connectionSchema, await call(`GET ${path}`));
  if (connection.state !== 'active')
    await scene.wait(person.connectXero(scene.organisation, connectionId));
  await call(`POST ${path}/pause`, { paused: false });
  for (const [customerId, targetId] of homes)
    await call(`PUT ${path}/mappings/customers`, { customerId, targetId });
  const { settings } = v.parse(settingsReply, await call(`GET ${path}/settings`));
  await call(`PUT ${path}/settings`, { settings: { ...settings, automatic: { mode: 'off' } } });
  // Past every wait that a limit of the day or a marketplace's quota may have asked for.
  await scene.pass(10 * minuteMs);
  await scene.jump(dayMs);
  for (let looks = 0; looks < looksMax; looks += 1) {
    await scene.pass(6 * minuteMs);
    await call(`POST ${path}/check`);
    const runs = v.parse(runsSchema, await call(`GET ${path}/runs`));
    if (looks > 1 && runs.every(({ endedAt }) => endedAt !== null)) break;
  }
  await scene.pass(6 * minuteMs);
  await call(`POST ${path}/check`);
}
