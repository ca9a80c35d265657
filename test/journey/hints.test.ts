import { createHmac } from 'node:crypto';
import { expect } from 'vitest';
import { hintRestMs } from '../../server/sync/hints.ts';
import type { ReadyRoad } from '../kit/ready-road.ts';
import { documentsIn } from '../kit/xero-lines.ts';
import { must } from '../sandbox/must.ts';
import { journey, newOrder } from './journey.ts';

const driftsOf = async ({ road, params }: ReadyRoad): Promise<number> =>
  (await road.call('GET /v1/connections/:connectionId/drifts', { params, query: {} })).rows.length;
/** Calls for changes at Xero, whoever asked for them. */
const looks = ({ road }: ReadyRoad): number =>
  Object.entries(road.world.systems.xero.calls())
    .filter(([call]) => call.startsWith('GET '))
    .reduce((sum, [, count]) => sum + count, 0);

journey(
  'a price that somebody changes in Xero is seen at once where Xero tells of it; a forged word of it is not heard',
  {},
  async (ready) => {
    const { road, organisation } = ready;
    await ready.syncAll();
    const { orderNumber } = await newOrder(ready);
    await ready.syncAll();
    const done = (await ready.tasks('done')).find((task) => task.orderNumber === orderNumber);
    const id = must(done?.documents[0], 'its document').id;
    const invoice = must(
      documentsIn(ready).find((document) => document.id === id),
      'the invoice',
    );
    const line = must(invoice.lines.at(-1), 'a line').lineItemId;
    const { webhooks, person } = road.world.systems.xero;

    const body = JSON.stringify({ events: [{ tenantId: organisation, resourceId: id }] });
    const tell = (key: string) =>
      road.app.fetch(
        new Request(`${road.world.urls.app}/webhooks/xero`, {
          method: 'POST',
          headers: { 'x-xero-signature': createHmac('sha256', key).update(body).digest('base64') },
          body,
        }),
      );
    const before = looks(ready);
    expect((await tell('somebody who does not know the key')).status).toBe(401);
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(looks(ready)).toBe(before);

    // The intent to receive first, by Xero's own rules.
    expect(await road.control('/sandbox/webhooks', { on: true })).toEqual({ on: true });
    road.world.clock.advance({ ms: 1_000 });
    person.editLine(id, line, { unitAmount: '1.23' });
    road.world.clock.advance({ ms: 1_000 });
    expect(await webhooks.settled()).toEqual([200]);
    await road.until('the drift', async () => (await driftsOf(ready)) === 1);

    // More words of it within two minutes bring one more check, at their end.
    const seen = looks(ready);
    for (let turn = 0; turn < 5; turn += 1) person.editLine(id, line, { unitAmount: `1.2${turn}` });
    await webhooks.settled();
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(looks(ready)).toBe(seen);
    road.world.clock.advance({ ms: hintRestMs });
    await road.until('the check after the rest', async () => looks(ready) > seen);
  },
);
