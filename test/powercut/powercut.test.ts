import { spawnSync } from 'node:child_process';
import { mkdtemp, open, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { isLong } from '../kit/length.ts';
import { createSeededRandom } from '../sandbox/random.ts';
import { type Trial, tryPowerCuts } from './battery.ts';
import {
  acknowledgedAt,
  applyTo,
  type BlockEvent,
  type Survival,
  sectorBytes,
  survivors,
} from './block-log.ts';
import { lacks, type Machine, thisMachine } from './lacks.ts';
import { faultsOf, withRecord } from './report.ts';

const root = join(import.meta.dirname, '../..');
const block = (at: number, letter: string, sectors = 1): BlockEvent => ({
  kind: 'write',
  at: at * sectorBytes,
  bytes: new Uint8Array(sectorBytes * sectors).fill(letter.charCodeAt(0)),
});

describe('C13: the record of a drive', () => {
  const events: BlockEvent[] = [
    block(0, 'a', 2),
    { kind: 'flush' },
    { kind: 'acknowledged', commits: 1 },
    block(1, 'b', 2),
    block(0, 'c'),
    { kind: 'flush' },
    { kind: 'acknowledged', commits: 2 },
  ];
  const leftAfter = async (length: number, survival: Survival, seed = 1): Promise<string> => {
    const folder = await mkdtemp(join(tmpdir(), 'ledgerport-drive-'));
    const path = join(folder, 'image');
    await writeFile(path, new Uint8Array(sectorBytes * 3).fill('-'.charCodeAt(0)));
    const image = await open(path, 'r+');
    const random = createSeededRandom(seed);
    await applyTo(image, survivors(events, { length, survival, random }));
    await image.close();
    const text = await readFile(path, 'latin1');
    await rm(folder, { recursive: true });
    return [0, 1, 2].map((sector) => text[sector * sectorBytes]).join('');
  };

  test('keeps what was flushed, and of the rest nothing, some sectors or all', async () => {
    expect(await leftAfter(1, 'none')).toBe('---');
    expect(await leftAfter(2, 'none')).toBe('aa-');
    expect(await leftAfter(5, 'none')).toBe('aa-');
    expect(await leftAfter(5, 'all')).toBe('cbb');
    expect(await leftAfter(6, 'none')).toBe('cbb');
    const some = new Set<string>();
    for (let seed = 1; seed <= 40; seed += 1) some.add(await leftAfter(5, 'some', seed));
    // Each of the three sectors that were in the cache, or not: eight ways, none of which halves one.
    expect(some.size).toBe(8);
  });

  test('knows what was acknowledged by then', () => {
    expect([0, 2, 3, 6, 7].map((length) => acknowledgedAt(events, length))).toEqual([
      0, 0, 1, 1, 2,
    ]);
  });
});

describe('C13: a machine that cannot mount', () => {
  const able: Machine = { isRoot: true, has: () => true, knows: () => true };
  test.each([
    ['nothing', able, []],
    ['rights', { ...able, isRoot: false }, ['only root may mount']],
    ['FUSE', { ...able, has: (name: string) => name !== '/dev/fuse' }, ['/dev/fuse is missing']],
    ['XFS', { ...able, knows: (name: string) => name !== 'xfs' }, ['the kernel has no xfs']],
    [
      'a command',
      { ...able, has: (name: string) => name !== 'mkfs.xfs' },
      ['mkfs.xfs is missing: install xfsprogs'],
    ],
  ])('is told that it lacks %s', (_name, machine, said) => {
    expect(lacks(machine, 'xfs')).toEqual(said.map((text) => expect.stringContaining(text)));
  });

  test('says so, tries nothing, writes no record and ends well', async () => {
    const readme = join(root, 'server/store/README.md');
    const before = await readFile(readme, 'utf8');
    // Nobody’s user: without the right to mount, wherever this runs.
    const nobody = process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : {};
    const { status, stdout, stderr } = spawnSync(process.execPath, ['test/powercut/main.ts'], {
      cwd: root,
      encoding: 'utf8',
      env: { PATH: process.env.PATH ?? '' },
      ...nobody,
    });
    expect([status, stderr]).toEqual([0, '']);
    expect(stdout).toContain('No power was cut: this machine cannot mount');
    expect(stdout).toContain('- only root may mount');
    expect(await readFile(readme, 'utf8')).toBe(before);
  });
});

describe('C13: the report', () => {
  const trial = (faults: readonly (string | null)[]): Trial => ({
    fileSystem: 'ext4',
    writes: 10,
    flushes: 5,
    acknowledged: 3,
    cuts: faults.map((fault, at) => ({ survival: 'none', at, acknowledged: 3, found: 3, fault })),
  });

  test('calls a cut that lost something a fault, as well as cuts that cannot hurt or were not made', () => {
    const hurt = trial(['3 commits are lost']);
    const well = trial([null]);
    expect(faultsOf({ trial: well, careless: hurt }, 1)).toEqual([]);
    expect(faultsOf({ trial: hurt, careless: hurt }, 1)).toEqual([
      'ext4, after event 0, none of the rest: 3 commits are lost',
    ]);
    expect(faultsOf({ trial: well, careless: well }, 1)).toEqual([
      'ext4: the cuts cannot hurt, so they show nothing',
    ]);
    expect(faultsOf({ trial: well, careless: hurt }, 2)).toEqual(['ext4: stopped after 1 cuts']);
  });

  test('takes the place of the one before in the README', async () => {
    const readme = await readFile(join(root, 'server/store/README.md'), 'utf8');
    const pairs = [{ trial: trial([null]), careless: trial(['lost']) }];
    const once = withRecord(readme, { pairs, kernel: '6.1', day: '2026-11-28' });
    expect(once).toContain('2026-11-28, Linux 6.1:');
    expect(once).toContain('| ext4 | 3 | 10 / 5 | 1 | 0 | 1 of 1 |');
    expect(withRecord(once, { pairs, kernel: '6.1', day: '2026-11-28' })).toBe(once);
    expect(() => withRecord('', { pairs, kernel: '6.1', day: '2026-11-28' })).toThrow('no place');
  });
});

/** Tried in the long battery, and only where the machine can; `npm run powercut` says why not. */
describe.skipIf(!isLong)('C13: power cuts', () => {
  test.each(['ext4', 'xfs'] as const)(
    'on %s lose nothing acknowledged, and would without waiting for the drive',
    async (fileSystem) => {
      const missing = lacks(thisMachine(), fileSystem);
      if (missing.length > 0)
        return console.log(`not tried on ${fileSystem}: ${missing.join('; ')}`);
      const options = { fileSystem, commits: 30, seed: 1, signal: AbortSignal.timeout(600_000) };
      const trial = await tryPowerCuts({ ...options, cuts: 20, careless: false });
      const careless = await tryPowerCuts({ ...options, cuts: 3, careless: true });
      expect(faultsOf({ trial, careless }, 20)).toEqual([]);
    },
  );
});
