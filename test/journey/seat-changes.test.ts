import { expect } from 'vitest';
import { takeBack } from '../kit/take-back.ts';
import { must } from '../sandbox/must.ts';
import { changeInADay } from '../sandbox/stories/seat-changes.ts';
import { changeSeatsAgain } from '../sandbox/stories/seats-again.ts';
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

journey(
  'seats changed twice are one line at a price that is their sum to the cent, taken back and billed again as one',
  { settings: { seatChanges: 'blend' } },
  async (ready) => {
    await ready.syncAll();
    const { orders } = changeSeatsAgain(ready.road.world);
    const numbers = orders.map(({ orderNumber }) => orderNumber);
    const one = numbers.join('+');
    await ready.check();
    const waiting = await ready.tasks('ready');
    expect(waiting.map(({ orderNumber }) => orderNumber)).toEqual([one]);
    const { plans } = await ready.preview();
    const line = must(
      plans.flatMap(({ lines }) => lines).find(({ orderNumber }) => orderNumber === one),
      'the line',
    );
    expect(line.quantity).toBe('3');
    expect(line.description).toMatch(/\(\+5 from [\d-]+: [\d.]+; -2 from [\d-]+: -[\d.]+\)/);
    expect(line.explanation.map(({ step }) => step)).toContain('blend');
    const run = must(await ready.syncAll(), 'a run');
    await expectToTheCent(ready, { blended: [numbers] });
    expect(await ready.tasks('needs')).toEqual([]);
    // Taken back it asks as one, and its changes do not come up by themselves.
    const undo = await takeBack(ready, { kind: 'run', runId: run.id });
    await ready.ended(undo.id);
    await ready.check();
    const asks = await ready.tasks('needs');
    expect(asks.map(({ orderNumber }) => orderNumber)).toEqual([one]);
    expect(await ready.tasks('ready')).toEqual([]);
  },
);
