import { expect } from 'vitest';
import { connectAutotask as connect } from '../kit/autotask-road.ts';
import { autotaskRows } from '../kit/autotask-rows.ts';
import type { ReadyRoad } from '../kit/ready-road.ts';
import { must } from '../sandbox/must.ts';
import { journey, marketOf, seatsOf } from './journey.ts';

/** A running subscription that nobody answered for, and a contract on which its company pays for it. */
async function paidByContract(ready: ReadyRoad) {
  const { road, params } = ready;
  const { rows } = await road.call('GET /v1/connections/:connectionId/openings', {
    params,
    query: {},
  });
  const { subscriptions, products } = marketOf(ready);
  const subscription = must(
    rows
      .flatMap(({ subscriptionId }) => subscriptions.get(subscriptionId) ?? [])
      .find(({ currency, items, status }) => {
        const product = products.get(items[0]?.productId ?? '');
        const isMonthly = product?.billingPeriod.type === 'month';
        const isBySeat = product?.prices.some(({ type }) => type === 'recurring') === true;
        return currency === 'AUD' && status === 'active' && isMonthly && isBySeat;
      }),
    'a running subscription paid monthly',
  );
  const customers = await road.call('GET /v1/connections/:connectionId/mappings/customers', {
    params,
  });
  const company = must(
    customers.rows.find(({ id }) => id === subscription.customerId)?.target,
    'its company',
  );
  const { person } = road.world.systems.autotask;
  const contractId = person.create('Contracts', {
    companyID: company.id,
    contractName: 'Cloud by hand',
    contractType: '7',
    contractPeriodType: '2',
    startDate: '2026-01-01T00:00:00',
    endDate: '2028-12-31T00:00:00',
    status: '1',
    timeReportingRequiresStartAndStopTimes: '0',
  });
  const [service] = await autotaskRows(road, 'Services');
  const serviceId = person.create(
    'ContractServices',
    {
      serviceID: String(must(service, 'a service').id),
      invoiceDescription: subscription.name,
      adjustedPrice: '11.50',
    },
    contractId,
  );
  person.create(
    'ContractServiceAdjustments',
    {
      contractServiceID: String(serviceId),
      effectiveDate: '2026-01-01T00:00:00',
      unitChange: String(seatsOf(subscription)),
    },
    contractId,
  );
  await ready.check();
  return { subscription, contractId: String(contractId), serviceId: String(serviceId) };
}

const servicesOn = async ({ road }: ReadyRoad, contractId: string) =>
  autotaskRows(road, 'ContractServices', {
    op: 'eq',
    field: 'contractID',
    value: Number(contractId),
  });

journey(
  'a service that stood there before is matched, its differences are shown, and later orders change it alone',
  { connect, openings: 'unanswered' },
  async (ready) => {
    const { road, params } = ready;
    const { subscription, contractId, serviceId } = await paidByContract(ready);
    const lines = await road.call(
      'GET /v1/connections/:connectionId/openings/:subscriptionId/lines',
      { params: { ...params, subscriptionId: subscription.id } },
    );
    const line = must(
      lines.find(({ lineId }) => lineId === `service:${serviceId}`),
      'the service',
    );
    expect(line).toMatchObject({
      documentId: contractId,
      quantity: String(seatsOf(subscription)),
      unitPrice: '11.5',
    });
    expect(line.here?.quantity).toBe(String(seatsOf(subscription)));
    await road.call('POST /v1/connections/:connectionId/openings', {
      params,
      body: {
        subscriptionIds: [subscription.id],
        answer: 'link',
        documentId: contractId,
        lineId: line.lineId,
      },
    });
    await ready.order({
      action: 'change',
      subscriptionId: subscription.id,
      quantity: seatsOf(subscription) + 2,
    });
    const run = must(await ready.syncAll(), 'a run');
    expect(run.parts.map(({ state }) => state)).toEqual(run.parts.map(() => 'written'));
    const services = await servicesOn(ready, contractId);
    expect(services.map(({ id }) => String(id))).toEqual([serviceId]);
    const units = await autotaskRows(road, 'ContractServiceUnits', {
      op: 'eq',
      field: 'contractServiceID',
      value: Number(serviceId),
    });
    const newest = units.sort((a, b) => (String(a.startDate) < String(b.startDate) ? 1 : -1))[0];
    expect(newest?.units).toBe(seatsOf(subscription));
    expect(await ready.syncAll()).toBeNull();
    const { rows } = await road.call('GET /v1/connections/:connectionId/drifts', {
      params,
      query: {},
    });
    expect(rows).toEqual([]);
  },
);
