import * as v from 'valibot';
import { describe, expect, test } from 'vitest';
import { type ConnectionId, connectionIdSchema } from '../../server/domain/ids.ts';
import type { Clock } from '../../server/domain/ports/machine.ts';
import type { Store } from '../../server/domain/ports/store.ts';
import { createLeases, type Lease, type Leases } from '../../server/sync/lease.ts';
import { SimulatedDisk } from './simulated-disk.ts';
import { logEntry, note, openOn, tenantA, tenantB, testClock, wholeLog } from './world.ts';

const connectionId: ConnectionId = v.parse(connectionIdSchema, 'c1');
const turn = () => new Promise((resolve) => setImmediate(resolve));

let workers = 0;
/** A worker as the engine has them: its own leases over the store that all share. */
function worker(store: Store, clock: Clock): Leases {
  workers += 1;
  const holder = `worker-${workers}`;
  return createLeases({ store, clock, ids: { next: () => holder } });
}

/** Finishes a task in one transaction, as every writing transaction does: not without the lease. */
const finish = (store: Store, lease: Lease, id: string) =>
  store.transact(tenantA, (tx) => {
    lease.check(tx);
    tx.put('note', note(id, 'done'));
    tx.log(logEntry(`done ${id}`));
  });

describe('C6: a worker that died', () => {
  test('loses its work after its lease, and coming back late it changes nothing', async () => {
    const disk = new SimulatedDisk();
    const clock = testClock();
    const store = await openOn(disk, { clock });
    let late: Lease | null = null;
    void worker(store, clock).with(tenantA, connectionId, (lease) => {
      late = lease;
      return new Promise(() => undefined);
    });
    while (late === null) await turn();
    const dead: Lease = late;

    const again = await openOn(disk.crash(), { clock });
    const second = worker(again, clock);
    await expect(second.with(tenantA, connectionId, async () => 'too early')).rejects.toMatchObject(
      { code: 'work.busy' },
    );
    clock.advance(150_000);
    await second.with(tenantA, connectionId, async (lease) => {
      expect(lease.fence).toBeGreaterThan(dead.fence);
      await expect(finish(again, dead, 't1')).rejects.toMatchObject({ code: 'work.busy' });
      expect((await again.read(tenantA)).list('note')).toEqual([]);
      expect(await wholeLog(again, tenantA)).toEqual([]);
      await finish(again, lease, 't1');
    });
    expect((await wholeLog(again, tenantA)).map(({ subject }) => subject)).toEqual(['done t1']);
  });
});

describe('C7: two workers', () => {
  test('never run two tasks of one connection at once, and each task exactly once', async () => {
    const store = await openOn(new SimulatedDisk());
    const tasks = Array.from({ length: 20 }, (_, number) => `t${number}`);
    for (const tenant of [tenantA, tenantB])
      await store.transact(tenant, (tx) => {
        for (const id of tasks) tx.put('note', note(id, 'queued'));
      });
    let moment = 0;
    const spans: { tenant: string; worker: number; start: number; end: number }[] = [];

    /** Takes queued tasks until none is left; what it did is measured, not what was configured. */
    const run = async (number: number, tenant: typeof tenantA, leases: Leases): Promise<void> => {
      for (let left = true; left; )
        left = await leases
          .with(tenant, connectionId, async (lease) => {
            moment += 1;
            const start = moment;
            const task = (await store.read(tenant))
              .list('note')
              .find(({ text }) => text === 'queued');
            for (let step = 0; step < 1 + ((start * 7) % 5); step += 1) await turn();
            if (task !== undefined)
              await store.transact(tenant, (tx) => {
                lease.check(tx);
                tx.put('note', { ...task, text: 'done' });
                tx.log(logEntry(task.id));
              });
            moment += 1;
            spans.push({ tenant, worker: number, start, end: moment });
            return task !== undefined;
          })
          .catch((error: unknown) => {
            // Its turn did not come: the engine asks again, and so does this.
            expect(error).toMatchObject({ code: 'work.busy' });
            return true;
          });
    };
    await Promise.all(
      [tenantA, tenantB].flatMap((tenant) =>
        [1, 2].map((number) => run(number, tenant, worker(store, patient()))),
      ),
    );

    const overlaps = (one: (typeof spans)[number]) =>
      spans.filter((other) => other !== one && one.start < other.end && other.start < one.end);
    expect(
      spans.flatMap((one) => overlaps(one).filter(({ tenant }) => tenant === one.tenant)),
    ).toEqual([]);
    // The measure can see an overlap: tenants do not wait for each other, and both workers worked.
    expect(spans.flatMap(overlaps).length).toBeGreaterThan(0);
    expect(new Set(spans.map(({ tenant, worker: by }) => `${tenant} ${by}`)).size).toBe(4);
    for (const tenant of [tenantA, tenantB])
      expect((await wholeLog(store, tenant)).map(({ subject }) => subject).sort()).toEqual(
        tasks.toSorted(),
      );
  });
});

/** Time in which waiting lets others work. */
function patient(): Clock {
  const clock = testClock();
  return {
    nowMs: clock.nowMs,
    waitUntil: async (ms) => {
      await clock.waitUntil(ms);
      await turn();
    },
  };
}
