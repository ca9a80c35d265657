import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openDisk } from '../../server/store/disk.ts';
import { thisProcess } from '../../server/store/this-process.ts';
import { openOn, tenantA, wholeLog } from './world.ts';

const kills = 4;

test('a process killed while it commits loses nothing, and the next takes over within a second', async () => {
  const root = await mkdtemp(join(tmpdir(), 'ledgerport-kill-'));
  const folder = join(root, 'data');
  try {
    for (let kill = 1; kill <= kills; kill += 1) {
      const acknowledged = await runAndKill(folder, 5 + kill * 7);
      const startedMs = performance.now();
      const store = await openOn(openDisk(), { folder, process: thisProcess() });
      expect(performance.now() - startedMs).toBeLessThan(1_000);
      const reader = await store.read(tenantA);
      const count = Number(reader.get('note', 'count')?.text);
      expect(count).toBeGreaterThanOrEqual(acknowledged);
      expect(count).toBeLessThanOrEqual(acknowledged + 2);
      expect(reader.list('link')).toHaveLength(count);
      const log = await wholeLog(store, tenantA);
      expect(log.map(({ seq }) => seq)).toEqual(Array.from({ length: count }, (_, at) => at + 1));
      await store.close();
    }
  } finally {
    await rm(root, { recursive: true });
  }
});

/** Kills the child after some acknowledgements; returns the last number it told. */
async function runAndKill(folder: string, commits: number): Promise<number> {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'kill-child.ts'), folder], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = once(child, 'exit');
  let told = '';
  for await (const chunk of child.stdout) {
    told += String(chunk);
    if (told.split('\n').length > commits) child.kill('SIGKILL');
  }
  await ended;
  return Number(told.split('\n').at(-2));
}
