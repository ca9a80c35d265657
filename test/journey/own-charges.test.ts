import { expect } from 'vitest';
import type { OwnChargeBody, OwnStepBody } from '../../server/http/bodies.ts';
import type { OwnChargeView } from '../../server/http/views/own-charges.ts';
import type { ReadyRoad } from '../kit/ready-road.ts';
import { standingIn } from '../kit/xero-lines.ts';
import { billSupport } from '../sandbox/stories/support-by-hand.ts';
import { activeSubscription, expectToTheCent, journey, marketOf, newOrder } from './journey.ts';

const support = (ready: ReadyRoad, more: Partial<OwnChargeBody> = {}): OwnChargeBody => ({
  customerId: activeSubscription(ready, ({ customerId }) => isAustralian(ready, customerId))
    .customerId,
  description: 'Managed support',
  quantity: '3',
  unitPrice: '18.335',
  currency: 'AUD',
  everyMonths: 1,
  from: '2026-11-20',
  until: null,
  itemId: null,
  accountCode: '200',
  taxType: null,
  ...more,
});
const isAustralian = (ready: ReadyRoad, customerId: string): boolean =>
  marketOf(ready).customers.get(customerId)?.currency === 'AUD';
const add = ({ road, params }: ReadyRoad, body: OwnChargeBody): Promise<OwnChargeView> =>
  road.call('POST /v1/connections/:connectionId/own-charges', { params, body });
const step = (
  { road, params }: ReadyRoad,
  { id }: OwnChargeView,
  body: OwnStepBody,
): Promise<OwnChargeView> =>
  road.call('POST /v1/connections/:connectionId/own-charges/:ownChargeId', {
    params: { ...params, ownChargeId: id },
    body,
  });

journey(
  'own charges stand on the customer’s invoice beside the marketplace’s',
  {},
  async (ready) => {
    const made = await add(ready, support(ready));
    expect(made).toMatchObject({ number: 'OC-1', state: 'running', next: '2026-12-20' });
    const [task] = (await ready.tasks('ready')).filter(({ orderType }) => orderType === 'own');
    expect(task).toMatchObject({ orderNumber: 'OC-1/2026-11-20', amount: { amount: '55.01' } });
    await newOrder(ready, { customerId: made.customerId });
    await ready.syncAll();
    const invoice = standingIn(ready).find(({ lines }) =>
      lines.some(({ description }) => description?.startsWith('Managed support')),
    );
    expect(invoice?.lines.length).toBeGreaterThan(1);
    await expectToTheCent(ready);

    // A month later its next period comes by itself, and is billed once however often it is looked at.
    await ready.pass({ months: 1 });
    await ready.syncAll();
    await ready.check();
    expect(await ready.syncAll()).toBeNull();
    await expectToTheCent(ready);
  },
);

journey(
  'a support contract that was billed by hand goes on as own charges, on the licences’ invoices',
  {},
  async (ready) => {
    const { customers, description } = billSupport(ready.road.world, ready.organisation);
    expect(customers.length).toBeGreaterThan(1);
    for (const { customerId, quantity, unitAmount } of customers)
      await add(
        ready,
        support(ready, { customerId, description, quantity, unitPrice: unitAmount }),
      );
    await ready.syncAll();
    const billed = standingIn(ready).flatMap(({ lines, reference }) =>
      /\bLD/.test(reference)
        ? lines.filter((line) => line.description?.startsWith(description))
        : [],
    );
    expect(billed.map(({ lineAmount }) => lineAmount).sort()).toEqual(
      customers
        .map(({ quantity, unitAmount }) => (Number(quantity) * Number(unitAmount)).toFixed(2))
        .sort(),
    );
    await expectToTheCent(ready);
  },
);

journey('a higher price counts from its day on, and a billed period asks', {}, async (ready) => {
  const made = await add(ready, support(ready, { from: '2026-11-01' }));
  await ready.syncAll();
  const { customerId: _, currency: __, everyMonths: ___, until: ____, ...terms } = support(ready);
  const later = { ...terms, do: 'change', unitPrice: '20', from: '2026-12-01' } as const;
  await step(ready, made, later);
  expect((await ready.tasks('needs')).filter(({ orderType }) => orderType === 'own')).toEqual([]);
  await ready.pass({ days: 9 });
  await ready.syncAll();
  await expectToTheCent(ready);

  // From a day that is billed already: nothing is changed unasked.
  await step(ready, made, { ...later, unitPrice: '21' });
  const [asks] = (await ready.tasks('needs')).filter(({ orderType }) => orderType === 'own');
  expect(asks?.needs.map(({ code }) => code)).toEqual(['revision-changed']);
});

journey('paused, resumed and ended: only the periods between are charged', {}, async (ready) => {
  const made = await add(ready, support(ready, { from: '2026-11-05', everyMonths: 1 }));
  await step(ready, made, { do: 'pause', from: '2026-12-01' });
  await ready.pass({ months: 1 });
  await ready.syncAll();
  await step(ready, made, { do: 'resume', from: '2027-01-01' });
  await ready.pass({ months: 1 });
  await ready.syncAll();
  const ended = await step(ready, made, { do: 'end', from: '2027-02-01' });
  expect(ended.next).toBeNull();
  await ready.pass({ months: 1 });
  await ready.syncAll();
  const billed = standingIn(ready)
    .flatMap(({ lines }) => lines)
    .filter(({ description }) => description?.startsWith('Managed support'));
  expect(billed).toHaveLength(2);
  await expectToTheCent(ready);
});

journey('ended before it is billed, its task is let go; undone, it is held', {}, async (ready) => {
  const made = await add(ready, support(ready));
  await step(ready, made, { do: 'end', from: '2026-11-20' });
  expect((await ready.tasks('ready')).filter(({ orderType }) => orderType === 'own')).toEqual([]);
  const ignored = (await ready.tasks('ignored')).find(({ orderType }) => orderType === 'own');
  expect(ignored?.ignored?.reason).toBe('order-cancelled');
  await step(ready, made, { do: 'end', from: null });
  expect((await ready.tasks('ready')).filter(({ orderType }) => orderType === 'own')).toHaveLength(
    1,
  );
  await ready.syncAll();
  await expectToTheCent(ready);
});

journey(
  'with prices from the system, an own charge keeps the price that was typed',
  { settings: { priceFrom: 'system' } },
  async (ready) => {
    await add(ready, support(ready, { everyMonths: null }));
    await ready.syncAll();
    const line = standingIn(ready)
      .flatMap(({ lines }) => lines)
      .find(({ description }) => description?.startsWith('Managed support'));
    expect(line?.lineAmount).toBe('55.01');
  },
);

journey('what cannot be is refused, named, and nothing is kept', {}, async (ready) => {
  const { road, params } = ready;
  const ask = async (body: object) => {
    const answer = await road.ask('POST /v1/connections/:connectionId/own-charges', {
      params,
      body,
    });
    return { status: answer.status, body: await answer.json() };
  };
  const good = support(ready);
  for (const [wrong, field] of [
    [{ currency: 'JPY' }, 'currency'],
    [{ until: '2026-11-20' }, 'until'],
    [{ everyMonths: null, until: '2027-01-01' }, 'until'],
    [{ accountCode: 'nope' }, 'accountCode'],
    [{ accountCode: null }, 'accountCode'],
    [{ itemId: 'nope' }, 'itemId'],
    [{ taxType: 'nope' }, 'taxType'],
    [{ quantity: '-1' }, 'quantity'],
    [{ unitPrice: '1.23456' }, 'unitPrice'],
    [{ everyMonths: 13 }, 'everyMonths'],
    [{ description: '  ' }, 'description'],
  ] as const) {
    const { status, body } = await ask({ ...good, ...wrong });
    expect({ status, facts: body.facts }, field).toEqual({ status: 400, facts: { field } });
  }
  expect((await ask({ ...good, customerId: 'nobody' })).status).toBe(404);
  await road.call('POST /v1/connections/:connectionId/mappings/customers/bulk', {
    params,
    body: { do: 'bills', ids: [good.customerId], on: false },
  });
  expect((await ask(good)).body.code).toBe('customer.not-billed-here');
  const list = await road.call('GET /v1/connections/:connectionId/own-charges', {
    params,
    query: {},
  });
  expect(list.rows).toEqual([]);
});
