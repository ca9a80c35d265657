import { spawnSync } from 'node:child_process';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openDisk } from '../server/store/disk.ts';
import { thisProcess } from '../server/store/this-process.ts';
import { startCommitting } from './store/committing.ts';
import { openOn, tenantA, wholeLog } from './store/world.ts';

let root = '';
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'ledgerport-commands-'));
});
afterAll(() => rm(root, { recursive: true }));

/** `npm run <command>` as the README says it. */
function npm(command: string, data: string, ...rest: string[]) {
  const { status, stdout, stderr } = spawnSync(
    'npm',
    ['run', '--silent', ...command.split(' '), ...rest],
    {
      cwd: join(import.meta.dirname, '..'),
      env: { ...process.env, DATA_DIR: data },
      encoding: 'utf8',
    },
  );
  return { status, said: stdout + stderr };
}
const commitsIn = async (folder: string): Promise<number> => {
  const store = await openOn(openDisk(), { folder, process: thisProcess() });
  const commits = Number((await store.read(tenantA)).get('note', 'count')?.text);
  expect((await store.read(tenantA)).list('link')).toHaveLength(commits);
  expect(await wholeLog(store, tenantA)).toHaveLength(commits);
  await store.close();
  return commits;
};

test('a backup of a store that another process writes, and its restore', async () => {
  const data = join(root, 'data');
  const backup = join(root, 'backup');
  const child = startCommitting(data);
  try {
    await child.told(20);
    const taken = npm('backup --', data, backup);
    expect(taken.said).toMatch(/^backed up 1 tenants, \d+ files, \d+ bytes, each read back\n$/);
    expect(taken.status).toBe(0);
    expect(npm('restore -- --replace', data, backup)).toEqual({
      status: 1,
      said: expect.stringContaining(`another process (number ${child.pid})`),
    });
  } finally {
    await child.kill();
  }
  const refused = npm('restore --', data, backup);
  expect(refused.said).toContain('Nothing restored:');
  expect(refused.said).toContain('Say --replace');
  expect(refused.status).toBe(1);

  const before = await commitsIn(data);
  const restored = npm('restore -- --replace', data, backup);
  expect(restored.said).toMatch(/^restored 1 tenants as they were at 20\d\d-/);
  expect(restored.status).toBe(0);
  const commits = await commitsIn(data);
  expect(commits).toBeGreaterThanOrEqual(20);
  expect(commits).toBeLessThan(before);
  const aside = (await readdir(data)).find((name) => name.startsWith('replaced-')) ?? '';
  expect(restored.said).toContain(join(data, aside));
  expect(await commitsIn(join(data, aside))).toBe(before);
});

test('both say what is missing', () => {
  for (const command of ['backup', 'restore']) {
    expect(npm(command, join(root, 'data')).said).toContain(`npm run ${command} -- <folder>`);
    expect(npm(`${command} --`, '', join(root, 'other')).said).toContain('DATA_DIR: is missing');
  }
});
