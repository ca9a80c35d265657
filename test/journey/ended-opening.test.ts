import { expect } from 'vitest';
import { answerOpenings } from '../kit/ready-road.ts';
import { must } from '../sandbox/must.ts';
import { activeSubscription, expectToTheCent, journey } from './journey.ts';

journey(
  'a subscription that ended after "bill from" is asked about once, answered with the others',
  { openings: 'unanswered' },
  async (ready) => {
    const { road, params } = ready;
    const { id } = activeSubscription(
      ready,
      ({ creationDate }) => creationDate.slice(0, 10) < ready.billFrom,
    );
    const [cancelled] = await ready.order({ action: 'cancel', subscriptionId: id });
    // What is subscribed is read whole once a day.
    await ready.pass({ days: 1 });
    const asked = async () =>
      (await ready.tasks('needs'))
        .filter(({ needs }) => needs.some(({ code }) => code === 'opening'))
        .map(({ orderNumber }) => orderNumber);
    const openings = () =>
      road.call('GET /v1/connections/:connectionId/openings', { params, query: {} });
    expect(await asked()).toContain(must(cancelled, 'its cancellation').orderNumber);
    const before = await openings();
    expect(before.rows.find(({ subscriptionId }) => subscriptionId === id)?.answer).toBeNull();

    await answerOpenings(ready);

    await ready.check();
    expect(await asked()).toEqual([]);
    const after = await openings();
    expect(after.total).toBe(before.total);
    expect(after.counts.unanswered).toBe(0);
    await ready.syncAll();
    await expectToTheCent(ready);
  },
);
