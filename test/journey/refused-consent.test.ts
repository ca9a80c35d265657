import { expect, test } from 'vitest';
import { openRoad } from '../kit/road.ts';

test('who allows nothing on Xero’s page is told by whom access was not given, and can try again', async () => {
  const road = await openRoad();
  try {
    await road.install();
    const { state, failure } = await road.refuseXero();
    expect(state).toBe('failed');
    expect(failure?.code).toBe('connect.refused');
    expect(failure?.message).toBe('Xero did not give access.');
    expect(failure?.next).not.toBe('');
    await road.connectMarketplace();
    expect(await road.connectXero()).not.toBe('');
  } finally {
    await road.close();
  }
});
