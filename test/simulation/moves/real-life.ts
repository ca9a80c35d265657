import * as v from 'valibot';
import { marketStories } from '../../sandbox/control/market-stories.ts';
import { ActionRefused } from '../../sandbox/marketplace/scene.ts';
import { tasksOf } from '../bill.ts';
import type { Scene } from '../scene.ts';
import type { Move } from './move.ts';

const hourMs = 60 * 60_000;
const dayMs = 24 * hourMs;

type Told = keyof typeof marketStories;
/** What happens to a reseller some day, and how often beside the others. */
const stories: readonly (readonly [Told, number])[] = [
  ['seats-in-a-day', 2],
  ['seats-again', 2],
  ['more-seats', 1],
  ['yearly', 1],
  ['runaway', 1],
  ['thin-margin', 1],
  ['customer-leaves', 1],
  ['late-usage', 2],
  ['forgotten-period', 2],
  ['forgotten-remembered', 2],
  ['term-ends', 1],
  ['home-vendor', 1],
];
const mayCome = new Set<string>(['price-changed', 'below-margin', 'late-charge', 'month-off']);
const findingsSchema = v.object({
  rows: v.array(v.object({ id: v.string(), seen: v.string(), answers: v.array(v.string()) })),
});

/** What billing has to stand in real life, beside everything else that happens. */
export const realLifeMoves: readonly Move[] = [
  ...stories.map(
    ([name, weight]): Move => ({ name, weight, run: async (scene) => tell(scene, name) }),
  ),
  {
    name: 'a price goes up',
    weight: 1,
    // Once a life: of two the bookkeeper could not say which one was passed on.
    run: async (scene, business) => {
      if (business.priceRose) return;
      business.priceRose = true;
      tell(scene, 'price-rise');
    },
  },
  {
    name: 'days pass, and what is due is charged',
    weight: 3,
    run: async (scene) => {
      const days = scene.chance.moves.integer(2, 9);
      scene.trace.note(`${days} days go by`);
      await scene.jump(days * dayMs);
      await scene.pass(hourMs);
    },
  },
  {
    name: 'answer what real life asks',
    weight: 6,
    run: async (scene, business) => {
      const { moves } = scene.chance;
      const asked = (await tasksOf(scene, business, 'needs')).flatMap(({ customerId, needs }) =>
        needs.flatMap((need) => (mayCome.has(need.code) ? [{ ...need, customerId }] : [])),
      );
      if (asked.length === 0) return;
      const { code, subject, facts, customerId } = moves.pick(asked);
      const seen = facts.seen ?? '';
      const accept = { kind: 'accept', need: code, seen };
      const decide = (scope: object, value: object) =>
        scene.ask(`answer ${code}`, () =>
          scene.person.call(`POST ${business.path}/decisions`, { scope, value }),
        );
      switch (code) {
        case 'price-changed':
          await decide(
            { kind: 'product', productKey: subject },
            {
              kind: 'price-change',
              answer: moves.pick(['pass-on', 'pass-on', 'hold']),
              moves: seen.split('; '),
            },
          );
          return;
        case 'below-margin':
          await decide({ kind: 'charge', key: subject, revision: '' }, accept);
          return;
        case 'late-charge':
          await decide({ kind: 'order', orderId: subject }, accept);
          return;
        default:
          await decide({ kind: 'customer', customerId }, accept);
      }
    },
  },
  {
    name: 'answer a missing charge',
    weight: 3,
    run: async (scene, business) => {
      const asked = (await tasksOf(scene, business, 'needs')).flatMap(({ needs }) =>
        needs.filter(({ code }) => code === 'missing-charge'),
      );
      if (asked.length === 0) return;
      const { subject, facts } = scene.chance.moves.pick(asked);
      const seen = facts.seen ?? '';
      await scene.ask('bill a missing charge from its subscription', () =>
        scene.person.call(`POST ${business.path}/decisions`, {
          scope: { kind: 'charge', key: subject, revision: seen },
          value: { kind: 'accept', need: 'missing-charge', seen },
        }),
      );
    },
  },
  {
    name: 'look for money',
    weight: 2,
    run: async (scene, { path }) => {
      const { ask, person, chance } = scene;
      await ask('look for money', () => person.call(`POST ${path}/look`));
      await scene.pass(chance.moves.integer(1, 120_000));
      const found = v.safeParse(
        findingsSchema,
        await ask('see what was found', () => person.call(`GET ${path}/look`)),
      );
      await ask('see the month by hand', () => person.call(`GET ${path}/shadow/2026-11`));
      if (!found.success || found.output.rows.length === 0) return;
      const { id, seen, answers } = chance.moves.pick(found.output.rows);
      if (!answers.includes('known')) return;
      await ask('leave a finding', () =>
        person.call(`POST ${path}/look/answers`, { answer: 'known', id, seen }),
      );
    },
  },
];

/** Tells it where the world has what it is about. */
function tell(scene: Scene, name: Told): void {
  scene.world.marketplace.market.settle();
  try {
    marketStories[name](scene.world);
    scene.trace.note(`story: ${name}`);
  } catch (error) {
    const lacks = error instanceof Error && error.message.startsWith('sandbox: ');
    if (!lacks && !(error instanceof ActionRefused) && !(error instanceof RangeError)) throw error;
    scene.trace.note(`story: ${name}: ${error.message}`);
  }
}
