import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, open, rm, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { openDisk } from '../../server/store/disk.ts';
import { thisProcess } from '../../server/store/this-process.ts';
import { createSeededRandom } from '../sandbox/random.ts';
import { commitWhole, wholeCommits } from '../store/whole-commits.ts';
import { openOn } from '../store/world.ts';
import { acknowledgedAt, applyTo, type BlockEvent, type Survival, survivors } from './block-log.ts';
import { markAt, serveFuseFile } from './fuse-file.ts';
import { run } from './run.ts';

/** The file systems a host of the app has; XFS makes none below 300 MB. */
export const fileSystems = {
  ext4: { megabytes: 64, make: ['mkfs.ext4', '-q', '-F'], options: 'noatime' },
  xfs: { megabytes: 300, make: ['mkfs.xfs', '-q', '-f'], options: 'noatime,nouuid' },
} as const;
export type FileSystem = keyof typeof fileSystems;

export interface Cut {
  survival: Survival;
  /** After which event of how many. */
  at: number;
  acknowledged: number;
  /** Commits that were there, whole, after the next start; null where it was not so. */
  found: number | null;
  fault: string | null;
}
export interface Trial {
  fileSystem: FileSystem;
  writes: number;
  flushes: number;
  acknowledged: number;
  cuts: Cut[];
}

const survivals: readonly Survival[] = ['none', 'some', 'all'];
const bytesPerMegabyte = 2 ** 20;

/**
 * A process commits to a file system on a drive whose every write and flush is recorded. Then the power
 * goes at `cuts` moments of that record: what was flushed is on the drive, of the rest nothing, some
 * sectors or all. The file system is mounted as a start of the machine does, and the store is opened.
 */
export async function tryPowerCuts(options: {
  fileSystem: FileSystem;
  commits: number;
  cuts: number;
  seed: number;
  /** The counter-trial: with a store that does not wait for the drive. */
  careless: boolean;
  signal: AbortSignal;
  told?: (cut: Cut, number: number) => void;
}): Promise<Trial> {
  const { fileSystem, cuts, signal } = options;
  const cache = join(process.cwd(), '.cache');
  await mkdir(cache, { recursive: true });
  const folder = await mkdtemp(join(cache, 'powercut-'));
  const random = createSeededRandom(options.seed);
  try {
    const { base, events } = await record(folder, options);
    const firstAt = events.findIndex(({ kind }) => kind === 'acknowledged');
    const trial: Trial = {
      fileSystem,
      writes: events.filter(({ kind }) => kind === 'write').length,
      flushes: events.filter(({ kind }) => kind === 'flush').length,
      acknowledged: acknowledgedAt(events, events.length),
      cuts: [],
    };
    while (trial.cuts.length < cuts && !signal.aborted) {
      const survival = survivals[trial.cuts.length % survivals.length] ?? 'none';
      const at = random.integer(firstAt + 1, events.length);
      const image = join(folder, 'cut.img');
      await run('cp', ['--sparse=always', base, image]);
      const file = await open(image, 'r+');
      await applyTo(file, survivors(events, { length: at, survival, random }));
      await file.close();
      const acknowledged = acknowledgedAt(events, at);
      const found = await after({ folder, image, fileSystem, acknowledged });
      const cut: Cut = { survival, at, acknowledged, ...found };
      trial.cuts.push(cut);
      options.told?.(cut, trial.cuts.length);
    }
    return trial;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Lets a process commit on a new file system; the image before, and everything that reached the drive. */
async function record(
  folder: string,
  options: { fileSystem: FileSystem; commits: number; careless: boolean; signal: AbortSignal },
): Promise<{ base: string; events: BlockEvent[] }> {
  const { fileSystem, commits, careless, signal } = options;
  const { megabytes, make, options: mountOptions } = fileSystems[fileSystem];
  const [command, ...args] = make;
  const bytes = megabytes * bytesPerMegabyte;
  const base = join(folder, 'base.img');
  await writeFile(base, '');
  await truncate(base, bytes);
  await run(command, [...args, base]);
  const live = join(folder, 'live.img');
  await run('cp', ['--sparse=always', base, live]);
  const at = join(folder, 'drive');
  await writeFile(at, '');
  const mounted = join(folder, 'mounted');
  await mkdir(mounted);

  const image = await open(live, 'r+');
  const drive = await serveFuseFile({ image, bytes, at });
  try {
    const loop = await run('losetup', ['--find', '--show', at]);
    try {
      await run('mount', ['-t', fileSystem, '-o', mountOptions, loop, mounted]);
      try {
        const data = join(mounted, 'data');
        const ran = { data, drive: at, markAt: markAt(bytes), commits, careless, signal };
        await commitUntil(ran);
        // What happens after the kill is no part of the record: the power was gone by then.
        return { base, events: drive.events.slice() };
      } finally {
        await run('umount', [mounted]);
      }
    } finally {
      await run('losetup', ['--detach', loop]);
    }
  } finally {
    await drive.close();
    await image.close();
    await rm(live, { force: true });
  }
}

async function commitUntil(options: {
  data: string;
  drive: string;
  markAt: number;
  commits: number;
  careless: boolean;
  signal: AbortSignal;
}): Promise<void> {
  const { data, drive, markAt: markedAt, commits, careless, signal } = options;
  const how = careless ? 'careless' : 'careful';
  const child = spawn(
    process.execPath,
    [join(import.meta.dirname, 'child.ts'), data, drive, String(markedAt), how],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  const ended = once(child, 'close');
  const stop = () => child.kill('SIGKILL');
  signal.addEventListener('abort', stop);
  let last = 0;
  for await (const line of createInterface(child.stdout)) {
    last = Number(line);
    if (last >= commits) break;
  }
  stop();
  signal.removeEventListener('abort', stop);
  await ended;
  if (last < commits && !signal.aborted) throw new Error(`it ended after ${last} commits`);
}

/** Mounts what is left, as the next start of the machine does, and opens the store on it. */
async function after(options: {
  folder: string;
  image: string;
  fileSystem: FileSystem;
  acknowledged: number;
}): Promise<Pick<Cut, 'found' | 'fault'>> {
  const { folder, image, fileSystem, acknowledged } = options;
  const mounted = join(folder, 'mounted');
  const mountOptions = `loop,${fileSystems[fileSystem].options}`;
  try {
    await run('mount', ['-t', fileSystem, '-o', mountOptions, image, mounted]);
  } catch (error) {
    return { found: null, fault: `the file system does not mount: ${messageOf(error)}` };
  }
  try {
    const store = await openOn(openDisk(), {
      folder: join(mounted, 'data'),
      process: thisProcess(),
    });
    try {
      const found = await wholeCommits(store);
      if (found < acknowledged) return { found, fault: `${acknowledged - found} commits are lost` };
      if (found > acknowledged + 1)
        return { found, fault: 'more is there than was ever asked for' };
      await commitWhole(store, found + 1);
      await wholeCommits(store);
      return { found, fault: null };
    } finally {
      await store.close();
    }
  } catch (error) {
    return { found: null, fault: messageOf(error) };
  } finally {
    await run('umount', [mounted]);
  }
}

const messageOf = (error: unknown): string =>
  error instanceof Error ? error.message.replaceAll(/\s+/g, ' ').slice(0, 300) : String(error);
