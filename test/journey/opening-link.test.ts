import { expect } from 'vitest';
import type { OpeningBody } from '../../server/http/bodies.ts';
import type { OpeningLineView, OpeningView } from '../../server/http/views/openings.ts';
import type { TaskRow } from '../../server/http/views/tasks.ts';
import type { ReadyRoad } from '../kit/ready-road.ts';
import { documentsIn } from '../kit/xero-lines.ts';
import { must } from '../sandbox/must.ts';
import { expectToTheCent, journey, marketOf, seatsOf } from './journey.ts';

const oneSecondMs = 1_000;
const openingOf = async (
  { road, params }: ReadyRoad,
  subscriptionId: string,
): Promise<OpeningView> => {
  const { rows } = await road.call('GET /v1/connections/:connectionId/openings', {
    params,
    query: {},
  });
  return must(
    rows.find((row) => row.subscriptionId === subscriptionId),
    'its opening question',
  );
};
const linesFor = (
  { road, params }: ReadyRoad,
  subscriptionId: string,
): Promise<OpeningLineView[]> =>
  road.call('GET /v1/connections/:connectionId/openings/:subscriptionId/lines', {
    params: { ...params, subscriptionId },
  });
const answer = ({ road, params }: ReadyRoad, body: OpeningBody) =>
  road.call('POST /v1/connections/:connectionId/openings', { params, body });
const refused = async (ready: ReadyRoad, body: OpeningBody): Promise<unknown> => {
  const response = await ready.road.ask('POST /v1/connections/:connectionId/openings', {
    params: ready.params,
    body,
  });
  const { code, facts } = await response.json();
  return [response.status, code, facts];
};
const ignoredTask = async (ready: ReadyRoad, id: string): Promise<TaskRow> =>
  must(
    (await ready.tasks('ignored')).find((task) => task.id === id),
    'the ignored task',
  );

/** A running subscription in the books' currency with an order before "bill from", as it is asked about. */
async function billedByHand(ready: ReadyRoad) {
  const { road, params } = ready;
  await ready.check();
  const { subscriptions } = marketOf(ready);
  for (const task of await ready.tasks('ignored')) {
    const { groups } = await road.call('GET /v1/connections/:connectionId/tasks/:taskId', {
      params: { ...params, taskId: task.id },
    });
    const subscription = subscriptions.get(groups[0]?.subscriptionId ?? '');
    if (
      groups.length === 1 &&
      subscription?.status === 'active' &&
      subscription.currency === 'AUD' &&
      task.ignored?.reason === 'already-billed'
    )
      return { task, subscription };
  }
  throw new Error('no running subscription was billed before');
}

/** What the reseller's bookkeeper typed in Xero before: one draft for the customer. */
async function draftByHand(
  ready: ReadyRoad,
  customerId: string,
  lines: { description: string; quantity: string; unitAmount: string }[],
): Promise<string> {
  const { rows } = await ready.road.call('GET /v1/connections/:connectionId/mappings/customers', {
    params: ready.params,
  });
  const contact = rows.find(({ id }) => id === customerId)?.target;
  ready.road.world.clock.advance({ ms: oneSecondMs });
  const id = ready.road.world.systems.xero.person.createInvoice(ready.organisation, {
    contactId: must(contact, 'its contact').id,
    lines: lines.map((line) => ({ ...line, accountCode: '200' })),
  });
  await ready.check();
  return id;
}
const documentOf = (ready: ReadyRoad, id: string) =>
  must(
    documentsIn(ready).find((document) => document.id === id),
    'the document',
  );

/** Everything else is answered, so that only the link is looked at. */
async function answerTheRest(ready: ReadyRoad): Promise<void> {
  await answer(ready, { subscriptionIds: 'all', answer: 'next-order' });
  for (const { needs } of await ready.tasks('needs'))
    for (const { code, subject } of needs)
      if (code === 'straddle')
        await ready.road.call('POST /v1/connections/:connectionId/decisions', {
          params: ready.params,
          body: {
            scope: { kind: 'customer', customerId: subject },
            value: { kind: 'straddle', answer: 'bill' },
          },
        });
}

journey(
  'a subscription billed by hand goes on where it stands, and nothing of it twice',
  { openings: 'unanswered', settings: { invoice: 'existing' } },
  async (ready) => {
    const { task, subscription } = await billedByHand(ready);
    const seats = seatsOf(subscription);
    const product = must(
      marketOf(ready).products.get(subscription.items[0]?.productId ?? ''),
      'its product',
    );
    const documentId = await draftByHand(ready, subscription.customerId, [
      { description: 'A visit', quantity: '1', unitAmount: '120' },
      { description: product.name, quantity: String(seats + 3), unitAmount: '10' },
    ]);
    const [likeliest, ...others] = await linesFor(ready, subscription.id);
    const line = must(likeliest, 'a line');
    expect(line).toMatchObject({
      documentId,
      text: product.name,
      quantity: String(seats + 3),
      here: { quantity: String(seats) },
    });
    expect(others.map(({ text }) => text)).toContain('A visit');

    await answer(ready, {
      subscriptionIds: [subscription.id],
      answer: 'link',
      documentId,
      lineId: line.lineId,
    });
    const { number } = documentOf(ready, documentId);
    expect(await openingOf(ready, subscription.id)).toMatchObject({
      answer: 'link',
      link: { document: { id: documentId, number }, quantity: String(seats + 3) },
    });
    expect((await ignoredTask(ready, task.id)).ignored).toMatchObject({
      reason: 'linked',
      document: { id: documentId, number, url: expect.stringContaining(documentId) },
    });

    await answerTheRest(ready);
    await ready.syncAll();
    const [order] = await ready.order({
      action: 'change',
      subscriptionId: subscription.id,
      quantity: seats + 5,
    });
    const before = documentOf(ready, documentId).lines;
    await ready.syncAll();
    const done = (await ready.tasks('done')).find(
      ({ orderNumber }) => orderNumber === order?.orderNumber,
    );
    expect(done?.documents.map(({ id }) => id)).toEqual([documentId]);
    const after = documentOf(ready, documentId).lines;
    expect(after.length).toBeGreaterThan(before.length);
    expect(after).toEqual(expect.arrayContaining(before));
    expect((await ignoredTask(ready, task.id)).ignored?.reason).toBe('linked');
    await expectToTheCent(ready);
  },
);

journey(
  'a line that cannot be linked changes nothing',
  { openings: 'unanswered' },
  async (ready) => {
    const { subscription } = await billedByHand(ready);
    const other = must(
      [...marketOf(ready).subscriptions.values()].find(
        ({ id, status, customerId, currency }) =>
          id !== subscription.id &&
          status === 'active' &&
          customerId !== subscription.customerId &&
          currency === 'AUD',
      ),
      'a subscription of somebody else',
    );
    const documentId = await draftByHand(ready, subscription.customerId, [
      { description: 'Seats', quantity: '1', unitAmount: '10' },
    ]);
    const [line] = await linesFor(ready, subscription.id);
    const lineId = must(line, 'a line').lineId;
    const link = (subscriptionId: string, at: { documentId: string; lineId: string }) =>
      refused(ready, { subscriptionIds: [subscriptionId], answer: 'link', ...at });
    expect(await link(subscription.id, { documentId, lineId: 'gone' })).toEqual([
      409,
      'request.conflict',
      { field: 'lineId' },
    ]);
    expect(await link(other.id, { documentId, lineId })).toEqual([
      400,
      'request.invalid',
      { field: 'documentId' },
    ]);
    expect(await link('nobody', { documentId, lineId })).toEqual([
      400,
      'request.invalid',
      { field: 'subscriptionIds' },
    ]);
    // A decision of any kind can be made by another route; a link is not, for it is looked up first.
    const around = await ready.road.ask('POST /v1/connections/:connectionId/decisions', {
      params: ready.params,
      body: {
        scope: { kind: 'subscription', subscriptionId: subscription.id, productKey: null },
        value: { kind: 'opening', answer: 'next-order' },
      },
    });
    expect(around.status).toBe(400);
    expect((await openingOf(ready, subscription.id)).answer).toBeNull();
  },
);
