import * as v from 'valibot';
import { settingsSchema } from '../../../server/domain/settings.ts';
import { type Business, changeableSettings, mapEverybody } from '../begin.ts';
import { type Choice, confirm, previewOf, tasksOf } from '../bill.ts';
import type { Scene } from '../scene.ts';
import { marksUnderWay } from '../watch.ts';
import { actOnNewest } from './bookkeeper.ts';
import { byHandOf } from './by-hand.ts';
import type { Move } from './move.ts';
import { orderMoves } from './orders.ts';

const seenSchema = v.object({ seen: v.string() });
const runsSchema = v.array(v.object({ id: v.string(), canUndo: v.boolean() }));
const customersSchema = v.object({
  rows: v.array(v.object({ id: v.string(), target: v.nullable(v.object({ id: v.string() })) })),
});
const settingsReply = v.object({ settings: settingsSchema });
const idsSchema = v.object({ rows: v.array(v.object({ id: v.string() })) });

/** All that is ready, some of it, or some with what still asks a person beside it. */
async function someTasks(scene: Scene, business: Business): Promise<Choice> {
  const { moves } = scene.chance;
  if (moves.chance(50)) return { kind: 'all' };
  const rows = await tasksOf(scene, business, 'ready');
  const asking = moves.chance(30) ? await tasksOf(scene, business, 'needs') : [];
  const taskIds = [...rows, ...asking].map(({ id }) => id).filter(() => moves.chance(60));
  return taskIds.length === 0 ? { kind: 'all' } : { kind: 'tasks', taskIds };
}

/** The system is still at it, past the time that anybody waits for its answer. */
async function lookAgainAndAgain(scene: Scene, { path }: Business): Promise<void> {
  const { ask, person, chance } = scene;
  for (let looks = chance.moves.integer(2, 9); looks > 0; looks -= 1) {
    await scene.pass(chance.moves.integer(5_000, 45_000));
    await ask('check', () => person.call(`POST ${path}/check`));
  }
}

/** Somebody waits for the connection while the machine stands still: they wake before the write gives up. */
async function standStillAmidWrite(scene: Scene, business: Business): Promise<void> {
  const { moves } = scene.chance;
  await scene.pass(moves.integer(1_000, 3_000));
  void scene.person.call(`POST ${business.path}/check`).catch(() => undefined);
  // In steps: what nobody waits for goes on between them alone.
  for (let steps = moves.integer(4, 16); steps > 0; steps -= 1) await scene.pass(500);
  const seconds = moves.pick([149, 151, 400]);
  scene.trace.note(`the machine stands still for ${seconds} seconds, amid a write`);
  await scene.jump(seconds * 1000);
  await scene.pass(leaseMs + moves.integer(1, 60_000));
}

/** The answer got lost: people find what was written before the app may look for it, and work on it. */
async function touchWhatIsUnknown(scene: Scene, business: Business): Promise<void> {
  const { ask, person, chance } = scene;
  const { path } = business;
  await scene.pass(chance.moves.integer(1_000, 10_000));
  if (scene.standing === null) actOnNewest(scene);
  else for (const move of byHandOf(scene)) await move.run(scene, business);
  await ask('check', () => person.call(`POST ${path}/check`));
  await scene.pass(chance.moves.integer(100_000, 400_000));
}

/** What a confirmed write meets: one in eight is late, one in sixteen loses its answer. */
const writeTroubles = ['late', 'late', 'lost', ...Array<''>(13).fill('')] as const;
const leaseMs = 150_000;

/** What the reseller's people do in the app. */
export const resellerMoves: readonly Move[] = [
  {
    name: 'check',
    weight: 8,
    run: async ({ ask, person }, { path }) => {
      await ask('check', () => person.call(`POST ${path}/check`));
    },
  },
  {
    name: 'sync',
    weight: 24,
    run: async (scene, business) => {
      const { ask, person, chance } = scene;
      const { path } = business;
      if (chance.moves.chance(60)) await ask('check', () => person.call(`POST ${path}/check`));
      const parts = await previewOf(scene, business, await someTasks(scene, business));
      if (parts.length === 0) return;
      if (chance.moves.chance(20)) await scene.pass(chance.moves.integer(1, 400_000));
      // What was seen may be no longer so when it is confirmed.
      if (chance.moves.chance(25))
        for (const move of chance.moves.chance(50) ? byHandOf(scene) : orderMoves.slice(0, 2))
          await move.run(scene, business);
      const trouble = chance.moves.pick(writeTroubles);
      if (trouble === 'late') scene.network.delayWrites(chance.moves.integer(1, 2));
      if (trouble === 'lost') scene.network.loseAnswer();
      await confirm(scene, business, parts);
      if (trouble === 'late')
        return chance.moves.chance(40)
          ? standStillAmidWrite(scene, business)
          : lookAgainAndAgain(scene, business);
      if (trouble === 'lost') return touchWhatIsUnknown(scene, business);
      // A run is where most can go wrong: its end is often the app's.
      if (chance.moves.chance(30)) scene.crashSoon(chance.crashes.integer(1, 90));
      await scene.pass(chance.moves.pick([1, 500, 5_000, 60_000, 200_000]));
    },
  },
  {
    name: 'map what is new',
    weight: 4,
    run: async ({ ask, person }, { path }) => {
      await ask('map what is new', () => mapEverybody(person, path));
    },
  },
  {
    name: 'undo',
    weight: 5,
    run: async ({ ask, person, chance }, { path }) => {
      const runs = v.safeParse(
        runsSchema,
        await ask('look at runs', () => person.call(`GET ${path}/runs`)),
      );
      // Also from a page that was left open: by now nothing of it may be left to take back.
      const isOld = chance.moves.chance(30);
      const undoable = runs.success ? runs.output.filter(({ canUndo }) => canUndo || isOld) : [];
      if (undoable.length === 0) return;
      const { id } = chance.moves.pick(undoable);
      const choice = { kind: 'run', runId: id };
      const seen = v.safeParse(
        seenSchema,
        await ask('look at undo', () => person.call(`POST ${path}/undo/preview`, { choice })),
      );
      if (!seen.success) return;
      const times = chance.moves.chance(20) ? 2 : 1;
      for (let left = times; left > 0; left -= 1)
        await ask('undo', () => person.call(`POST ${path}/undo`, { choice, ...seen.output }));
    },
  },
  {
    name: 'automatic',
    weight: 4,
    run: async ({ ask, person, chance }, { path }) => {
      const on = chance.moves.chance(70);
      await ask(`automatic ${on ? 'on' : 'off'}`, async () => {
        const { settings } = v.parse(settingsReply, await person.call(`GET ${path}/settings`));
        const automatic = on ? { mode: 'every-5-minutes' } : { mode: 'off' };
        await person.call(`PUT ${path}/settings`, { settings: { ...settings, automatic } });
        await person.call(`POST ${path}/mappings/customers/bulk`, {
          do: 'automatic',
          ids: 'all',
          on,
        });
      });
    },
  },
  {
    name: 'settings',
    weight: 3,
    run: async ({ ask, person, chance }, { path }) => {
      const changes = changeableSettings(chance.moves);
      await ask(`settings ${Object.values(changes).join(', ')}`, async () => {
        const { settings } = v.parse(settingsReply, await person.call(`GET ${path}/settings`));
        await person.call(`PUT ${path}/settings`, { settings: { ...settings, ...changes } });
      });
    },
  },
  {
    name: 'mapping away and back',
    weight: 2,
    run: async (scene, { path, homes }) => {
      const { ask, person, chance } = scene;
      const route = `${path}/mappings/customers`;
      const customers = v.safeParse(
        customersSchema,
        await ask('look at mappings', () => person.call(`GET ${route}`)),
      );
      if (!customers.success) return;
      const mapped = customers.output.rows.filter(({ target }) => target !== null);
      if (mapped.length === 0) return;
      const { id, target } = chance.moves.pick(mapped);
      homes.set(id, target?.id ?? '');
      await ask(`unmap ${id}`, () =>
        person.call(`PUT ${route}`, { customerId: id, targetId: null }),
      );
      await scene.pass(chance.moves.integer(1, 400_000));
      await ask(`map ${id}`, () =>
        person.call(`PUT ${route}`, { customerId: id, targetId: target?.id ?? null }),
      );
    },
  },
  {
    name: 'ignore and restore',
    weight: 2,
    run: async ({ ask, person, chance }, { path }) => {
      const view = chance.moves.pick(['ready', 'needs', 'ignored']);
      const tasks = v.safeParse(
        idsSchema,
        await ask('look at tasks', () => person.call(`GET ${path}/tasks?view=${view}`)),
      );
      if (!tasks.success || tasks.output.rows.length === 0) return;
      const taskIds = [chance.moves.pick(tasks.output.rows).id];
      const way = view === 'ignored' ? 'restore' : 'ignore';
      const body = way === 'ignore' ? { taskIds, reason: 'not ours' } : { taskIds };
      await ask(way, () => person.call(`POST ${path}/tasks/${way}`, body));
    },
  },
  {
    name: 'do not bill',
    weight: 2,
    run: async ({ ask, person, chance, life }, { path, begun }) => {
      const route = `${path}/mappings/customers`;
      const customers = v.safeParse(
        customersSchema,
        await ask('look at mappings', () => person.call(`GET ${route}`)),
      );
      if (!customers.success || customers.output.rows.length === 0) return;
      const ids = [chance.moves.pick(customers.output.rows).id];
      for (const mark of marksUnderWay(life().disk)) begun.add(mark);
      const body = chance.moves.chance(40)
        ? { do: 'exclude', ids, reason: 'a friend', until: null }
        : { do: 'include', ids };
      await ask(body.do, () => person.call(`POST ${route}/bulk`, body));
    },
  },
  {
    name: 'pause',
    weight: 3,
    run: async (scene, { path }) => {
      const { ask, person, chance } = scene;
      await ask('pause', () => person.call(`POST ${path}/pause`, { paused: true }));
      await scene.pass(chance.moves.integer(1, 600_000));
      await ask('resume', () => person.call(`POST ${path}/pause`, { paused: false }));
    },
  },
];
