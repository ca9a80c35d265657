import { expect, test } from 'vitest';
import type { Store } from '../../server/domain/ports/store.ts';
import { type DiskCall, SimulatedDisk } from './simulated-disk.ts';
import { logEntry, note, openOn, tenantA, wholeLog } from './world.ts';

const keys = ['order-1', 'order-2', 'order-3'];

/** As the engine takes an order in: once, with its entry, in one transaction. */
const enqueue = (store: Store, key: string): Promise<void> =>
  store.transact(tenantA, (tx) => {
    if (tx.get('note', key) !== null) return;
    tx.put('note', note(key, 'queued'));
    tx.log(logEntry(`queued ${key}`));
  });
const finish = (store: Store, key: string): Promise<void> =>
  store.transact(tenantA, (tx) => {
    if (tx.get('note', key)?.text !== 'queued') return;
    tx.put('note', note(key, 'done'));
    tx.log(logEntry(`done ${key}`));
  });

async function workOff(store: Store): Promise<void> {
  for (const key of keys) await enqueue(store, key);
  for (const key of keys) await finish(store, key);
}

async function recorded(): Promise<DiskCall[]> {
  const disk = new SimulatedDisk();
  disk.calls = [];
  const { calls } = disk;
  const store = await openOn(disk);
  await workOff(store);
  await store.close();
  return calls;
}

test('C3, C5: after a power cut at any call each task is there once, and the log says so', async () => {
  const replayed = new SimulatedDisk();
  for (const call of await recorded()) {
    replayed.replay(call);
    const store = await openOn(replayed.fork().crash());
    await expectAgreement(store);
    // What was cut off is done again by who does not know whether it was done.
    await workOff(store);
    await expectAgreement(store);
    const log = await wholeLog(store, tenantA);
    expect(log).toHaveLength(keys.length * 2);
    await store.transact(tenantA, (tx) => tx.log(logEntry('next')));
    expect((await wholeLog(store, tenantA)).at(-1)?.seq).toBe(log.length + 1);
  }
});

/** One queued entry a task, one done entry if and only if it is done; numbers 1..n without a gap. */
async function expectAgreement(store: Store): Promise<void> {
  const tasks = (await store.read(tenantA)).list('note');
  const log = await wholeLog(store, tenantA);
  expect(log.map(({ seq }) => seq)).toEqual(log.map((_, position) => position + 1));
  const wanted = tasks.flatMap(({ id, text }) =>
    text === 'done' ? [`queued ${id}`, `done ${id}`] : [`queued ${id}`],
  );
  expect(log.map(({ subject }) => subject).sort()).toEqual(wanted.sort());
}
