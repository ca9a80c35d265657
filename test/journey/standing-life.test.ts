import { expect } from 'vitest';
import type { DecisionBody } from '../../server/http/bodies.ts';
import type { NeedView, TaskRow } from '../../server/http/views/tasks.ts';
import type { Books } from '../bookkeeper/books.ts';
import { auditOfAgreements } from '../kit/agreement-books.ts';
import { connectAutotask } from '../kit/autotask-road.ts';
import { connectConnectWise } from '../kit/connectwise-road.ts';
import { auditOfContracts } from '../kit/contract-books.ts';
import type { ReadyRoad } from '../kit/ready-road.ts';
import { must } from '../sandbox/must.ts';
import { leaveAll, rateLate } from '../sandbox/stories/customer-leaves.ts';
import { forgetPeriod } from '../sandbox/stories/forgotten-period.ts';
import { raisePrice } from '../sandbox/stories/price-rise.ts';
import { runAway } from '../sandbox/stories/runaway.ts';
import { changeInADay } from '../sandbox/stories/seat-changes.ts';
import { squeezeMargin } from '../sandbox/stories/thin-margin.ts';
import { readStanding } from '../simulation/standing/books.ts';
import { journey } from './journey.ts';

// Billing as it happens in real life, where lines stay open and the system invoices them itself.

const systems = [
  { system: 'connectwise', connect: connectConnectWise, auditOf: auditOfAgreements },
  { system: 'autotask', connect: connectAutotask, auditOf: auditOfContracts },
] as const;

const decide = ({ road, params }: ReadyRoad, body: DecisionBody) =>
  road.call('POST /v1/connections/:connectionId/decisions', { params, body });
async function asking(
  ready: ReadyRoad,
  code: NeedView['code'],
): Promise<{ task: TaskRow; need: NeedView }[]> {
  return (await ready.tasks('needs')).flatMap((task) => {
    const need = task.needs.find((one) => one.code === code);
    return need === undefined ? [] : [{ task, need }];
  });
}
const orderNumbers = (asked: readonly { task: TaskRow }[]): string[] =>
  asked.map(({ task }) => task.orderNumber);
async function nextMonth(ready: ReadyRoad): Promise<void> {
  await ready.pass({ months: 1 });
  await ready.order({ action: 'billing-run' });
  await ready.syncAll();
}

for (const { system, connect, auditOf } of systems) {
  const expectRight = async (ready: ReadyRoad, more: Partial<Books> = {}): Promise<void> => {
    const { differences } = await auditOf(ready, more);
    expect(differences).toEqual([]);
  };

  journey(
    `${system}: a price that went up asks before the open lines take it, and they do when it is passed on`,
    { connect },
    async (ready) => {
      await ready.syncAll();
      await nextMonth(ready);
      const rise = raisePrice(ready.road.world);
      await nextMonth(ready);
      const asked = await asking(ready, 'price-changed');
      expect(asked).toHaveLength(rise.subscriptions.length);
      const { need } = must(asked[0], 'the question');
      expect(need.facts.lines).toBe(String(rise.subscriptions.length));
      await expectRight(ready, { waiting: orderNumbers(asked) });
      await decide(ready, {
        scope: { kind: 'product', productKey: need.subject },
        value: {
          kind: 'price-change',
          answer: 'pass-on',
          moves: (need.facts.seen ?? '').split('; '),
        },
      });
      await ready.syncAll();
      expect(await asking(ready, 'price-changed')).toEqual([]);
      await expectRight(ready);
    },
  );

  journey(
    `${system}: a price that is kept until a date leaves the open lines as they are, and they take it from then on`,
    { connect },
    async (ready) => {
      await ready.syncAll();
      await nextMonth(ready);
      const rise = raisePrice(ready.road.world);
      const since = new Date(ready.road.world.clock.nowMs()).toISOString().slice(0, 10);
      await nextMonth(ready);
      const { need } = must((await asking(ready, 'price-changed'))[0], 'the question');
      const until = '2027-02-01';
      const before = standing(ready);
      await decide(ready, {
        scope: { kind: 'product', productKey: need.subject },
        value: {
          kind: 'price-change',
          answer: 'keep',
          until,
          moves: (need.facts.seen ?? '').split('; '),
        },
      });
      await ready.syncAll();
      expect(await ready.tasks('needs')).toEqual([]);
      expect(await ready.tasks('ready')).toEqual([]);
      expect(standing(ready)).toEqual(before);
      const kept = [{ product: rise.productId, since, until }];
      await expectRight(ready, { kept });
      await nextMonth(ready);
      expect(await asking(ready, 'price-changed')).toEqual([]);
      await expectRight(ready, { kept });
    },
  );

  journey(
    `${system}: use that ran away is held, and what goes on as it stood is not`,
    { connect, settings: { monthOffPercent: 25 } },
    async (ready) => {
      await ready.syncAll();
      const accept = async () => {
        for (const { need } of await asking(ready, 'month-off'))
          await decide(ready, {
            scope: { kind: 'customer', customerId: need.subject },
            value: { kind: 'accept', need: 'month-off', seen: need.facts.seen ?? '' },
          });
        await ready.syncAll();
      };
      for (let months = 0; months < 2; months += 1) {
        await nextMonth(ready);
        await accept();
      }
      const { customerId } = runAway(ready.road.world);
      await ready.syncAll();
      const asked = await asking(ready, 'month-off');
      expect(new Set(asked.map(({ task }) => task.customerId))).toEqual(new Set([customerId]));
      await expectRight(ready, { waiting: orderNumbers(asked) });
      await accept();
      await expectRight(ready);
    },
  );

  journey(
    `${system}: an open line whose cost went up asks with its next period, though nothing would be written`,
    { connect, settings: { marginFloor: { mode: 'hold', percent: 10 } } },
    async (ready) => {
      await ready.syncAll();
      await nextMonth(ready);
      expect(await asking(ready, 'below-margin')).toEqual([]);
      const thin = squeezeMargin(ready.road.world);
      await nextMonth(ready);
      const asked = await asking(ready, 'below-margin');
      expect(asked.length).toBeGreaterThan(0);
      expect(asked.every(({ need }) => need.facts.margin === `${thin.left} %`)).toBe(true);
      for (const { need } of asked)
        await decide(ready, {
          scope: { kind: 'charge', key: need.subject, revision: '' },
          value: { kind: 'accept', need: 'below-margin', seen: need.facts.seen ?? '' },
        });
      expect(await asking(ready, 'below-margin')).toEqual([]);
      const { lines } = standing(ready);
      await ready.syncAll();
      expect(standing(ready).lines).toBe(lines);
      await expectRight(ready);
    },
  );

  journey(
    `${system}: seats added and taken off on one day are charged by neither, and the line is what is left`,
    { connect, settings: { seatChanges: 'net' } },
    async (ready) => {
      await ready.syncAll();
      const before = standing(ready);
      const { orders } = changeInADay(ready.road.world);
      const [up, down, last] = orders.map(({ orderNumber }) => orderNumber);
      await ready.syncAll();
      const after = standing(ready);
      expect({ seats: after.seats, once: after.once }).toEqual({
        seats: before.seats + 2,
        once: before.once + 1,
      });
      expect(await ready.tasks('needs')).toEqual([]);
      const done = (await ready.tasks('done')).map(({ orderNumber }) => orderNumber);
      expect(done).toEqual(expect.arrayContaining([up, down, last]));
      await expectRight(ready, { netted: [up ?? '', down ?? ''] });
    },
  );

  journey(
    `${system}: a period no order came for is paid by its open line, and asks nobody`,
    { connect },
    async (ready) => {
      await ready.syncAll();
      const { start } = forgetPeriod(ready.road.world);
      const days = (Date.parse(start) - ready.road.world.clock.nowMs()) / 86_400_000;
      await ready.pass({ days: Math.ceil(days) + 4 });
      await ready.order({ action: 'billing-run' });
      await ready.syncAll();
      expect(await asking(ready, 'missing-charge')).toEqual([]);
      await expectRight(ready);
    },
  );

  journey(
    `${system}: what was ordered and cancelled on one day ends again, where the system works out parts as well`,
    { connect, settings: { proration: 'system' } },
    async (ready) => {
      await ready.syncAll();
      leaveAll(ready.road.world);
      await ready.syncAll();
      // An agreement that was opened to bill whole periods asks who works out the parts.
      const asked = await asking(ready, 'proration-differs');
      expect(asked.length > 0).toBe(system === 'connectwise');
      await expectRight(ready, { waiting: orderNumbers(asked) });
    },
  );

  journey(
    `${system}: who leaves is listed with what is still to come, late use is billed, and too late or closed asks`,
    { connect },
    async (ready) => {
      await ready.syncAll();
      const { customerId } = leaveAll(ready.road.world);
      await ready.syncAll();
      await expectRight(ready);
      const { rows } = await ready.road.call('GET /v1/connections/:connectionId/leaving', {
        params: ready.params,
        query: {},
      });
      expect(rows.find((row) => row.customerId === customerId)).toMatchObject({
        why: 'ended',
        byUse: true,
      });
      await ready.pass({ days: 40 });
      rateLate(ready.road.world, { closes: false });
      await ready.syncAll();
      expect(await ready.tasks('needs')).toEqual([]);
      await expectRight(ready);
      await ready.pass({ days: 60 });
      rateLate(ready.road.world, { closes: true });
      await ready.pass({ days: 1 });
      const asked = (await ready.tasks('needs')).flatMap(({ needs }) =>
        needs.map(({ code }) => code),
      );
      expect(asked.toSorted()).toEqual(['customer-closed', 'late-charge']);
    },
  );

  /** Seats on the lines that go on, how many lines those are, and how many were billed once. */
  function standing({ road }: ReadyRoad): { seats: number; lines: number; once: number } {
    const lines = must(readStanding(road.world, system), 'its books')
      .lines()
      .filter(({ isGone }) => !isGone);
    const open = lines.filter(({ isOnce, until }) => !isOnce && until === null);
    return {
      seats: open.reduce((sum, { quantity }) => sum + quantity, 0),
      lines: open.filter(({ quantity }) => quantity > 0).length,
      once: lines.filter(({ isOnce }) => isOnce).length,
    };
  }
}
