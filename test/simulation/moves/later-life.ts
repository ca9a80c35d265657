import * as v from 'valibot';
import { tasksOf } from '../bill.ts';
import type { Move } from './move.ts';

const ownSchema = v.object({ rows: v.array(v.object({ id: v.string() })) });
const monthSchema = v.object({ seen: v.string(), closed: v.nullable(v.unknown()) });
const dayMs = 24 * 60 * 60_000;
const ownChargesMax = 4;
/** So many days ahead at least: a period that began may be billed already, and then asks. */
const soonestDays = 2;

/** What a reseller does once billing runs: charges of their own, the month's end, work among colleagues. */
export const laterLifeMoves: readonly Move[] = [
  {
    name: 'own charge',
    weight: 6,
    run: async (scene, { path, customers }) => {
      const { ask, person, baseCurrency } = scene;
      const { moves } = scene.chance;
      const asked = await ask('look at own charges', () => person.call(`GET ${path}/own-charges`));
      const known = v.safeParse(ownSchema, asked);
      if (!known.success) return;
      const { rows } = known.output;
      const terms = {
        description: moves.pick(['Managed support', 'Backup check', 'A visit']),
        quantity: String(moves.integer(1, 9)),
        unitPrice: moves.pick(['18.335', '80', '7.05', '-4.4']),
        itemId: null,
        accountCode: '200',
        taxType: null,
      };
      if (rows.length < ownChargesMax && moves.chance(60)) {
        await ask('add an own charge', () =>
          person.call(`POST ${path}/own-charges`, {
            ...terms,
            customerId: moves.pick([...customers]),
            currency: baseCurrency,
            everyMonths: moves.pick([null, 1, 1, 3]),
            from: moves.pick(['2026-11-10', '2026-11-20', '2026-12-01']),
            until: null,
          }),
        );
        return;
      }
      if (rows.length === 0) return;
      const { id } = moves.pick(rows);
      const soonMs = moves.integer(soonestDays, 3 * soonestDays) * dayMs;
      const from = new Date(scene.timeline.nowMs() + soonMs).toISOString().slice(0, 10);
      const step = moves.pick([
        { do: 'change', ...terms, from },
        { do: 'pause', from },
        { do: 'resume', from },
        { do: 'end', from },
      ] as const);
      await ask(`${step.do} an own charge`, () =>
        person.call(`POST ${path}/own-charges/${id}`, step),
      );
    },
  },
  {
    name: 'month end',
    weight: 5,
    run: async (scene, { path }) => {
      const { ask, person, chance } = scene;
      // Half of the time it is the first days of the next month.
      if (chance.moves.chance(50)) await scene.jump(chance.moves.integer(4, 12) * dayMs);
      const route = `${path}/months/2026-11`;
      const seen = v.safeParse(
        monthSchema,
        await ask('look at the month', () => person.call(`GET ${route}`)),
      );
      if (!seen.success) return;
      const isClosed = seen.output.closed !== null;
      // Closing asks for a fresh sign-in.
      person.signOut();
      if (isClosed) await ask('open the month again', () => person.call(`DELETE ${route}/close`));
      else
        await ask('close the month', () =>
          person.call(`POST ${route}/close`, { seen: seen.output.seen }),
        );
    },
  },
  {
    name: 'look after a task',
    weight: 4,
    run: async (scene, business) => {
      const { ask, person, chance } = scene;
      const rows = await tasksOf(scene, business, chance.moves.pick(['ready', 'needs']));
      if (rows.length === 0) return;
      const taskIds = [chance.moves.pick(rows).id];
      const care = chance.moves.pick([
        { note: 'Asked the customer.' },
        { note: null },
        { snoozedUntil: '2026-11-27' },
        { snoozedUntil: null },
      ]);
      await ask('look after a task', () =>
        person.call(`PUT ${business.path}/tasks/care`, { taskIds, ...care }),
      );
    },
  },
];
