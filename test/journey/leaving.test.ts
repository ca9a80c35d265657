import { expect } from 'vitest';
import type { ReadyRoad } from '../kit/ready-road.ts';
import { standingIn } from '../kit/xero-lines.ts';
import { must } from '../sandbox/must.ts';
import { leaveAll, rateLate } from '../sandbox/stories/customer-leaves.ts';
import { expectToTheCent, journey } from './journey.ts';

const leaversIn = async ({ road, params }: ReadyRoad) =>
  (await road.call('GET /v1/connections/:connectionId/leaving', { params })).rows;
/** Time passes with the app looking now and then, as it does; access that rests too long ends. */
async function months(ready: ReadyRoad, count: number): Promise<void> {
  for (let month = 0; month < count; month += 1) {
    await ready.pass({ days: 15 });
    await ready.pass({ days: 14 });
    await ready.syncAll();
  }
}
const accept = (
  { road, params }: ReadyRoad,
  scope: { kind: 'customer'; customerId: string } | { kind: 'order'; orderId: string },
  need: string,
  seen: string,
) =>
  road.call('POST /v1/connections/:connectionId/decisions', {
    params,
    body: { scope, value: { kind: 'accept', need, seen } },
  });

journey(
  'a customer leaves: credits and late use reach a document, and the list says what is still to come',
  { settings: { accountCode: '200' } },
  async (ready) => {
    const { road } = ready;
    await ready.syncAll();
    const left = leaveAll(road.world);
    await ready.pass({ days: 1 });
    const row = must(
      (await leaversIn(ready)).find(({ customerId }) => customerId === left.customerId),
      'the one who left',
    );
    expect(row).toMatchObject({ why: 'ended', byUse: true, archived: false });
    expect(row.until).not.toBeNull();
    await ready.syncAll();

    // Two months later the vendor rates the last use: billed like any other, nobody is asked.
    await months(ready, 2);
    const late = rateLate(road.world, { closes: false });
    await ready.pass({ ms: 300_000 });
    const ours = (await ready.tasks('all')).filter(({ orderNumber }) =>
      late.orderNumbers.includes(orderNumber),
    );
    expect(ours.map(({ state }) => state)).toEqual(['ready']);
    await ready.syncAll();
    await expectToTheCent(ready);
    expect(standingIn(ready).length).toBeGreaterThan(0);
  },
);

journey(
  'later than that it asks; a closed customer asks once; nothing is dropped',
  {},
  async (ready) => {
    const { road } = ready;
    await ready.syncAll();
    leaveAll(road.world);
    await ready.pass({ days: 1 });
    await ready.syncAll();
    await months(ready, 4);
    const late = rateLate(road.world, { closes: true });
    await ready.pass({ days: 1 });
    const asked = must(
      (await ready.tasks('needs')).find(({ orderNumber }) =>
        late.orderNumbers.includes(orderNumber),
      ),
      'the question',
    );
    expect(asked.needs.map(({ code }) => code).sort()).toEqual(['customer-closed', 'late-charge']);
    const row = must(
      (await leaversIn(ready)).find(({ customerId }) => customerId === late.customerId),
      'the closed one',
    );
    expect(row).toMatchObject({ why: 'closed', orders: { total: 1, asking: 1 } });

    const seenOf = (code: string): string =>
      asked.needs.find((need) => need.code === code)?.facts.seen ?? '';
    const orderId = must(
      asked.needs.find(({ code }) => code === 'late-charge'),
      'the late one',
    ).subject;
    const { customerId } = late;
    await accept(
      ready,
      { kind: 'customer', customerId },
      'customer-closed',
      seenOf('customer-closed'),
    );
    await accept(ready, { kind: 'order', orderId }, 'late-charge', seenOf('late-charge'));
    const run = must(await ready.syncAll(), 'the run');
    expect(run.parts.map(({ state }) => state)).toContain('written');
    await expectToTheCent(ready);
  },
);

journey(
  'the contact of one who left is archived: the last charge asks until another is chosen',
  {},
  async (ready) => {
    const { road, params } = ready;
    await ready.syncAll();
    const left = leaveAll(road.world);
    const { rows } = await road.call('GET /v1/connections/:connectionId/mappings/customers', {
      params,
    });
    const contact = must(rows.find(({ id }) => id === left.customerId)?.target, 'its contact');
    road.world.systems.xero.person.archiveContact(contact.id);
    await ready.pass({ days: 1 });
    const asked = (await ready.tasks('needs')).filter(({ orderNumber }) =>
      left.orderNumbers.includes(orderNumber),
    );
    expect(asked.length).toBeGreaterThan(0);
    for (const { needs } of asked)
      expect(needs.map(({ code }) => code)).toContain('company-archived');
    const row = (await leaversIn(ready)).find(({ customerId }) => customerId === left.customerId);
    expect(row?.archived).toBe(true);
    road.world.systems.xero.person.restoreContact(contact.id);
    await ready.pass({ days: 1 });
    await ready.syncAll();
    await expectToTheCent(ready);
  },
);
