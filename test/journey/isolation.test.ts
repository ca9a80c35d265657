import { expect } from 'vitest';
import { decisionsIn } from '../kit/decisions.ts';
import { routeTable } from '../kit/route-table.ts';
import { must } from '../sandbox/must.ts';
import { journey } from './journey.ts';

const otherTenant = 'reseller-2000';
/** The least that each route takes, so that its own check of the id is what refuses. */
const correction = { kind: 'customer', customerId: 'any', targetId: 'any', since: '2026-11-01' };
const bodies: Readonly<Record<string, unknown>> = {
  'POST /v1/flows/:flowId/choose': { accountId: 'any' },
  'POST /v1/connections/:connectionId/pause': { paused: true },
  'PUT /v1/connections/:connectionId/bill-from': { date: '2026-12-01' },
  'POST /v1/connections/:connectionId/tasks/ignore': { taskIds: ['any'], reason: 'any' },
  'POST /v1/connections/:connectionId/tasks/restore': { taskIds: ['any'] },
  'POST /v1/connections/:connectionId/preview': { choice: { kind: 'all' } },
  'POST /v1/connections/:connectionId/runs': {
    parts: [{ ref: 'any', fingerprint: 'any', taskIds: ['any'] }],
  },
  'POST /v1/connections/:connectionId/decisions': {
    scope: { kind: 'customer', customerId: 'any' },
    value: { kind: 'straddle', answer: 'bill' },
  },
  'POST /v1/connections/:connectionId/openings': { subscriptionIds: 'all', answer: 'next-order' },
  'POST /v1/connections/:connectionId/look/answers': { answer: 'link-exact' },
  'POST /v1/connections/:connectionId/drifts': {
    documentId: 'any',
    seen: 'any',
    linkIds: 'all',
    answer: 'theirs',
  },
  'POST /v1/connections/:connectionId/undo/preview': { choice: { kind: 'run', runId: 'any' } },
  'POST /v1/connections/:connectionId/undo': { choice: { kind: 'run', runId: 'any' }, seen: 'any' },
  'POST /v1/connections/:connectionId/unclear/:intentId': { happened: false },
  'POST /v1/connections/:connectionId/own-charges': {
    customerId: 'any',
    description: 'any',
    quantity: '1',
    unitPrice: '1',
    currency: 'AUD',
    everyMonths: null,
    from: '2026-12-01',
    until: null,
    itemId: null,
    accountCode: null,
    taxType: null,
  },
  'POST /v1/connections/:connectionId/own-charges/:ownChargeId': { do: 'end', from: null },
  'PUT /v1/connections/:connectionId/mappings/customers': { customerId: 'any', targetId: null },
  'POST /v1/connections/:connectionId/mappings/customers/bulk': { do: 'suggest' },
  'PUT /v1/connections/:connectionId/mappings/products': {
    productKey: 'any',
    fee: null,
    targetId: null,
  },
  'POST /v1/connections/:connectionId/mappings/products/bulk': { do: 'suggest' },
  'POST /v1/connections/:connectionId/mappings/products/create': {
    items: [
      {
        productKey: 'any',
        fee: null,
        draft: {
          code: 'any',
          name: 'any',
          description: null,
          price: null,
          accountCode: null,
          taxType: null,
        },
      },
    ],
  },
  'POST /v1/connections/:connectionId/what-if/preview': {
    change: 'customer',
    customerId: 'any',
    targetId: null,
  },
  'PUT /v1/connections/:connectionId/mail': { to: [], digestAt: null, failures: true },
  'PUT /v1/connections/:connectionId/ticketing': {
    on: false,
    kinds: [],
    quiet: [],
    place: {},
    companyName: null,
  },
  'PUT /v1/connections/:connectionId/letters': { day: null },
  'POST /v1/connections/:connectionId/letters/switch': { customerIds: ['any'], state: 'off' },
  'POST /v1/connections/:connectionId/letters/test': { customerId: 'any' },
  'POST /v1/connections/:connectionId/letters/answer': {
    customerId: 'any',
    month: '2026-11',
    answer: 'arrived',
  },
  'POST /v1/connections/:connectionId/runs/:runId/second': { answer: 'given' },
  'PUT /v1/connections/:connectionId/grants': { userId: 'any', granted: true },
  'POST /v1/connections/:connectionId/corrections/preview': { correction },
  'POST /v1/connections/:connectionId/corrections': { correction, seen: 'any' },
  'PUT /v1/connections/:connectionId/tasks/care': { taskIds: ['any'] },
  'POST /v1/connections/:connectionId/tasks/presence': { taskIds: ['any'] },
  'POST /v1/connections/:connectionId/shadow/:month/switch': {
    customerId: 'any',
    seen: 'any',
    from: '2027-01-01',
  },
  'POST /v1/connections/:connectionId/months/:month/close': { seen: 'any' },
  'POST /v1/connections/:connectionId/mappings/:kind/csv': { text: 'id', apply: false },
};
const queries: Readonly<Record<string, Record<string, string>>> = {
  'GET /v1/connections/:connectionId/tasks': { view: 'all' },
  'GET /v1/connections/:connectionId/targets/companies': { search: '' },
  'GET /v1/connections/:connectionId/targets/items': { search: '' },
};

journey(
  'T19, V8.2.2, V8.4.1: another reseller finds nothing behind the ids of this one',
  {},
  async (ready) => {
    const { road, params } = ready;
    const run = await ready.syncAll();
    const [task] = await ready.tasks('all');
    const [decision] = await decisionsIn(ready);
    const { settings } = await road.call('GET /v1/connections/:connectionId/settings', { params });
    const { flowId } = await road.call('POST /v1/flows', { body: { systemId: 'xero' } });
    const ids = {
      ...params,
      flowId,
      runId: run?.id ?? '',
      taskId: must(task, 'a task').id,
      decisionId: must(decision, 'a decision').id,
      ownChargeId: 'any',
      intentId: 'any',
      subscriptionId: 'any',
      id: 'any',
      kind: 'customers',
      month: '2026-11',
    };

    await road.control('/sandbox/install', {
      tenantId: otherTenant,
      module: 'xero',
      action: 'install',
    });
    await road.signIn('wattle-owner');
    const routes = routeTable().filter(({ path }) => /:(connectionId|flowId)/.test(path));
    expect(routes.length).toBeGreaterThan(30);
    for (const { key } of routes) {
      const body = key.startsWith('PUT') && key.endsWith('/settings') ? { settings } : bodies[key];
      const query = queries[key];
      const response = await road.ask(key, {
        params: ids,
        ...(body === undefined ? {} : { body }),
        ...(query === undefined ? {} : { query }),
      });
      const text = await response.text();
      expect([key, response.status, JSON.parse(text).code]).toEqual([
        key,
        404,
        'request.not-found',
      ]);
      for (const id of [ready.connectionId, ids.taskId, ids.runId]) expect(text).not.toContain(id);
    }
    // What needs no id tells of the caller's own tenant alone.
    const general = routeTable().filter(
      ({ method, path }) => method === 'GET' && !/:|stream/.test(path),
    );
    expect(general.length).toBeGreaterThan(4);
    for (const { key } of general) {
      const text = await (await road.ask(key)).text();
      for (const own of [ready.connectionId, ids.taskId, ids.runId, ready.organisation, 'Bluegum'])
        expect([key, text.includes(own)]).toEqual([key, false]);
    }
    const entry = await road.ask('GET /v1/log/:seq', { params: { seq: '5' } });
    expect(await entry.text()).not.toContain(ready.connectionId);
    expect((await road.call('GET /v1/shell')).connections).toEqual([]);
    const log = await road.call('GET /v1/log', { query: {} });
    expect(log.rows.every(({ subject }) => !subject.startsWith('INV-'))).toBe(true);

    await road.signIn('bluegum-owner');
    expect((await road.call('GET /v1/connections/:connectionId', { params })).paused).toBeNull();
  },
);
