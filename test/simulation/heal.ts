import * as v from 'valibot';
import { settingsSchema } from '../../server/domain/settings.ts';
import type { Business } from './begin.ts';
import { confirm, previewOf, tasksOf } from './bill.ts';
import { connectSystem } from './connect.ts';
import type { Scene } from './scene.ts';

const minuteMs = 60_000;
const dayMs = 24 * 60 * minuteMs;
const looksMax = 12;
const roundsMax = 3;
const settingsReply = v.object({ settings: settingsSchema });
const connectionSchema = v.object({ state: v.string(), paused: v.unknown() });
const limitsSchema = v.object({ limits: v.object({ blockedUntil: v.nullable(v.string()) }) });
const runsSchema = v.array(v.object({ endedAt: v.nullable(v.string()) }));

/**
 * Everything gets well again: no fault, no crash, no pause; time passes until nothing is open, and
 * what asks nothing is billed.
 */
export async function heal(scene: Scene, business: Business): Promise<void> {
  const { path, connectionId, homes } = business;
  const { person, trace } = scene;
  trace.note('heal');
  person.signOut();
  calm(scene);
  // What was under way is taken up by a new start as well as by the old one.
  if (scene.chance.crashes.chance(50)) scene.life().end();
  scene.life().spare();
  await scene.recover();
  scene.life().spare();
  // Tokens from before the start are refused, and lost keys of the marketplace are asked for again.
  await scene.pass(6 * minuteMs);
  const call = (route: string, body?: unknown) =>
    scene.wait(person.call(route, body).then((value) => ({ value }))).then(({ value }) => value);
  const connected = async () => {
    const connection = v.parse(connectionSchema, await call(`GET ${path}`));
    if (connection.state !== 'active') await scene.wait(connectSystem(scene, connectionId));
    return connection;
  };
  const connection = await connected();
  if (connection.paused !== null) await call(`POST ${path}/pause`, { paused: false });
  for (const [customerId, targetId] of homes)
    await call(`PUT ${path}/mappings/customers`, { customerId, targetId });
  const { settings } = v.parse(settingsReply, await call(`GET ${path}/settings`));
  await call(`PUT ${path}/settings`, { settings: { ...settings, automatic: { mode: 'off' } } });
  // Past every wait that a limit of the day or a marketplace's quota may have asked for.
  await scene.pass(minuteMs);
  await scene.jump(dayMs);
  await scene.pass(minuteMs);
  await waitForNewDay(scene, business);
  // A renewal whose answer was lost in bad times is refused only now, when the next one is due.
  await connected();
  const untilAllRunsEnded = async () => {
    for (let looks = 0; looks < looksMax; looks += 1) {
      await scene.pass(looks === 0 ? minuteMs : 6 * minuteMs);
      await call(`POST ${path}/check`);
      const runs = v.parse(runsSchema, await call(`GET ${path}/runs`));
      if (runs.every(({ endedAt }) => endedAt !== null)) break;
    }
  };
  await untilAllRunsEnded();
  await billTheRest(scene, business, untilAllRunsEnded);
}

/** Whoever was told that no calls are left today goes on when there are some again. */
export async function waitForNewDay(scene: Scene, { path }: Business): Promise<void> {
  const asked = await scene.ask('look at the limits', () => scene.person.call(`GET ${path}`));
  const known = v.safeParse(limitsSchema, asked);
  const until = known.success ? known.output.limits.blockedUntil : null;
  if (until !== null) await scene.jump(Math.max(0, Date.parse(until) - scene.timeline.nowMs()) + 1);
}

/** No fault anywhere, and no crash to come. */
export function calm({ disk, network, world, life, setSkew }: Scene): void {
  setSkew(0);
  disk.end();
  network.setStorm({ all: 0, writes: 0 });
  for (const player of world.players())
    for (const { name, active } of player.faults()) if (active) player.setFault(name, null);
  life().spare();
}

/** What only waits for a confirmation gets one; what was refused in bad times is tried again. */
async function billTheRest(
  scene: Scene,
  business: Business,
  untilAllRunsEnded: () => Promise<void>,
): Promise<void> {
  for (let rounds = 0; rounds < roundsMax; rounds += 1) {
    const refused = (await tasksOf(scene, business, 'needs')).filter(({ needs }) =>
      needs.every(({ code }) => code === 'write-rejected'),
    );
    const ready = await tasksOf(scene, business, 'ready');
    const taskIds = [...ready, ...refused].map(({ id }) => id);
    if (taskIds.length === 0) return;
    const parts = await previewOf(scene, business, { kind: 'tasks', taskIds });
    if (parts.length === 0) return;
    await confirm(scene, business, parts);
    await untilAllRunsEnded();
  }
}
