import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openDisk } from '../../server/store/disk.ts';
import { thisProcess } from '../../server/store/this-process.ts';
import { startCommitting } from './committing.ts';
import { openOn, tenantA, wholeLog } from './world.ts';

const kills = 4;

test('C1, C3, C11: a process killed while it commits loses nothing, and leaves no more files', async () => {
  const root = await mkdtemp(join(tmpdir(), 'ledgerport-kill-'));
  const folder = join(root, 'data');
  try {
    for (let kill = 1; kill <= kills; kill += 1) {
      const child = startCommitting(folder);
      await child.told(5 + kill * 7);
      const acknowledged = await child.kill();
      const names = await readdir(join(folder, 'tenants'), { recursive: true });
      expect(names.filter((name) => !fileOfTenant.test(name))).toEqual([]);
      const store = await openOn(openDisk(), { folder, process: thisProcess() });
      const reader = await store.read(tenantA);
      const count = Number(reader.get('note', 'count')?.text);
      expect(count).toBeGreaterThanOrEqual(acknowledged);
      expect(count).toBeLessThanOrEqual(acknowledged + 1);
      expect(reader.list('link')).toHaveLength(count);
      const log = await wholeLog(store, tenantA);
      expect(log.map(({ seq }) => seq)).toEqual(Array.from({ length: count }, (_, at) => at + 1));
      await store.close();
    }
  } finally {
    await rm(root, { recursive: true });
  }
});

/** Document, previous generation, links, log and at most one temporary file, which has a fixed name. */
const fileOfTenant = /^t-[^/]+(\/(hot\.json(\.backup|\.tmp)?|link\.jsonl|log-000001\.jsonl))?$/;
