import { expect } from 'vitest';
import { must } from '../sandbox/must.ts';
import { changeInADay } from '../sandbox/stories/seat-changes.ts';
import { expectToTheCent, journey } from './journey.ts';

journey(
  'seats added and taken off on one day are no lines; what stays says its share of the period',
  { settings: { seatChanges: 'net' } },
  async (ready) => {
    await ready.syncAll();
    const { orders } = changeInADay(ready.road.world);
    const [first, second, third] = orders.map(({ orderNumber }) => orderNumber);
    await ready.check();
    const waiting = (await ready.tasks('ready')).map(({ orderNumber }) => orderNumber);
    expect(waiting).toContain(third);
    expect(waiting).not.toContain(first);
    expect(waiting).not.toContain(second);
    const { plans } = await ready.preview();
    const line = must(
      plans.flatMap(({ lines }) => lines).find(({ orderNumber }) => orderNumber === third),
      'its line',
    );
    const share = line.explanation.find(({ step }) => step === 'share');
    expect(share).toMatchObject({ period: { start: expect.any(String) } });
    const today = new Date(ready.road.world.clock.nowMs()).toISOString().slice(0, 10);
    expect(JSON.stringify(share)).toContain(`"start":"${today}"`);
    await ready.syncAll();
    expect(await ready.tasks('needs')).toEqual([]);
    await expectToTheCent(ready, { netted: [first ?? '', second ?? ''] });
  },
);

journey(
  'seats added and taken off are lines that add up, where no setting says else',
  {},
  async (ready) => {
    await ready.syncAll();
    changeInADay(ready.road.world);
    await ready.syncAll();
    expect(await ready.tasks('needs')).toEqual([]);
    await expectToTheCent(ready);
  },
);
