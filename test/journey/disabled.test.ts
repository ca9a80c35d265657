import { setTimeout as realSleep } from 'node:timers/promises';
import { expect } from 'vitest';
import { marksIn, writesTo } from '../kit/xero-lines.ts';
import { expectToTheCent, journey } from './journey.ts';

const answerMs = 1_000;

journey(
  'T16: a run under way stops with its installation and goes on when that is enabled again',
  { settings: { invoice: 'per-order', postAs: 'sent' } },
  async (ready) => {
    const { road } = ready;
    const { xero } = road.world.systems;
    const { plans } = await ready.preview();
    const writable = plans.filter(({ needs }) => needs.length === 0);
    expect(writable.length).toBeGreaterThan(0);
    xero.setFault('slow', { method: 'PUT', path: 'Invoices', delayMs: answerMs });
    const before = writesTo(ready);
    const { id } = await ready.confirm(writable);
    await road.until('the first call', async () => writesTo(ready) > before);
    await road.control('/sandbox/lifecycle/disabled', {});
    await realSleep(2 * answerMs);
    road.world.clock.advance({ ms: 10 * 60_000 });
    await realSleep(answerMs);
    expect(writesTo(ready)).toBe(before + 1);

    xero.setFault('slow', null);
    await road.control('/sandbox/lifecycle/enabled', {});
    await road.signIn();
    const run = await ready.ended(id);
    expect(run.parts.map(({ state }) => state)).toEqual(run.parts.map(() => 'written'));
    expect(writesTo(ready)).toBeGreaterThan(before + 1);
    expect(new Set(marksIn(ready)).size).toBe(marksIn(ready).length);
    await expectToTheCent(ready);
  },
);
