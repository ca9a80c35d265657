import { expect, test } from 'vitest';
import { SimulatedDisk } from '../store/simulated-disk.ts';
import { mortal } from './mortal.ts';
import { createTestClock } from './test-clock.ts';

test('what an abandoned app had open is closed, as the kernel does for a dead process', async () => {
  const disk = new SimulatedDisk();
  await disk.mkdir('/data');
  const open = new Set<number>();
  disk.onCall = (call) => {
    if (call.operation === 'open') open.add(call.handle);
    if (call.operation === 'close') open.delete(call.handle);
    return null;
  };
  const life = mortal({
    clock: createTestClock('2026-11-23T10:00:00Z'),
    disk,
    fetch: async () => new Response(null),
  });
  const closed = await life.ports.disk.open('/data/closed', 'create');
  await closed.close();
  const left = await life.ports.disk.open('/data/left', 'create');
  void life.ports.disk.open('/data/opening', 'create');
  expect(open.size).toBe(2);
  await life.die();
  expect(open).toEqual(new Set());
  let isAnswered = false;
  void left.close().then(() => {
    isAnswered = true;
  });
  await new Promise((resolve) => setImmediate(resolve));
  expect(isAnswered).toBe(false);
});
