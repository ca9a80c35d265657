import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'vitest';
import { instant } from '../../server/domain/dates.ts';
import { openDisk } from '../../server/store/disk.ts';
import { restoreBackup } from '../../server/store/lowdb/backup/restore-backup.ts';
import { takeBackup } from '../../server/store/lowdb/backup/take-backup.ts';
import { thisProcess } from '../../server/store/this-process.ts';
import { forgetMarks } from '../../server/sync/check/forget-marks.ts';
import type { ReadyRoad } from '../kit/ready-road.ts';
import { marksIn, writesTo } from '../kit/xero-lines.ts';
import { testCrypto } from '../store/world.ts';
import { expectToTheCent, journey, newOrder } from './journey.ts';

/** The backup of now, put in place after `meanwhile`, as the commands do it. */
async function goBack({ road }: ReadyRoad, meanwhile: () => Promise<void>): Promise<void> {
  const { clock } = road.world;
  const parent = await mkdtemp(join(process.cwd(), '.cache', 'restored-'));
  const backup = join(parent, 'backup');
  try {
    const disk = openDisk();
    await takeBackup({ disk, folder: road.folder, to: backup, takenAt: instant(clock.nowMs()) });
    await meanwhile();
    await road.restart(async () => {
      await restoreBackup({
        disk,
        folder: road.folder,
        from: backup,
        setAside: 'replaced',
        clock: { nowMs: clock.nowMs, waitUntil: async () => undefined },
        crypto: testCrypto(),
        process: thisProcess(),
        prepare: async (store) => {
          for (const tenant of await store.tenants()) await forgetMarks(store, tenant);
        },
      });
    });
  } finally {
    await rm(parent, { recursive: true });
  }
}

journey(
  'restored to before a run was seen, the app finds what it wrote and bills nothing twice',
  {},
  async (ready) => {
    await newOrder(ready);
    await ready.check();
    const { plans } = await ready.preview();
    expect(plans.length).toBeGreaterThan(1);
    await goBack(ready, async () => {
      await ready.ended((await ready.confirm(plans)).id);
    });
    const marks = marksIn(ready);
    const writes = writesTo(ready);
    expect(marks.length).toBeGreaterThan(0);
    await ready.check();
    expect((await ready.preview()).plans.filter(({ needs }) => needs.length === 0)).toEqual([]);
    expect(await ready.tasks('ready')).toEqual([]);
    expect([marksIn(ready), writesTo(ready)]).toEqual([marks, writes]);
    await newOrder(ready);
    await ready.syncAll();
    expect(marksIn(ready).length).toBeGreaterThan(marks.length);
    await expectToTheCent(ready);
  },
);

journey(
  'restored to the middle of a run: what it wrote since is found before it goes on',
  { settings: { invoice: 'per-order' } },
  async (ready) => {
    const { road } = ready;
    await newOrder(ready);
    await ready.check();
    const { plans } = await ready.preview();
    // Confirmed, and nothing of it goes out: the system asks to wait.
    road.world.systems.xero.setFault('rate-limit-minute', {
      times: 1,
      method: 'PUT',
      path: 'Invoices',
      retryAfterS: 60,
    });
    const { id } = await ready.confirm(plans);
    await road.until('the run to wait', async () => {
      const { parts } = await ready.run(id);
      return parts.every(({ state }) => state === 'delayed');
    });
    await goBack(ready, async () => {
      road.world.clock.advance({ ms: 61_000 });
      await ready.ended(id);
    });
    const marks = marksIn(ready);
    road.world.clock.advance({ ms: 61_000 });
    const run = await ready.ended(id);
    expect(run.parts.map(({ state }) => state)).toEqual(run.parts.map(() => 'stale'));
    expect(marksIn(ready)).toEqual(marks);
    await ready.syncAll();
    await expectToTheCent(ready);
  },
);
