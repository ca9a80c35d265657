import * as v from 'valibot';
import type { Disk } from '../../domain/ports/disk.ts';
import type { Crypto } from '../../domain/ports/machine.ts';
import type { ProcessIdentity } from '../this-process.ts';
import { writeFully } from './durable-file.ts';
import type { Fuse } from './fuse.ts';
import { lockAttemptsMax } from './limits.ts';
import { lockName, temporaryOf } from './names.ts';
import { diskCodeOf, StoreStop } from './stop.ts';
import { decode, encode } from './text.ts';

const ownerSchema = v.object({
  host: v.string(),
  pid: v.number(),
  bootId: v.string(),
  startedAt: v.string(),
});
type Owner = v.InferOutput<typeof ownerSchema>;

export interface Lock {
  /** Blows the fuse when somebody took or removed the lock. */
  verify(): Promise<void>;
  release(): Promise<void>;
}

interface LockOptions {
  disk: Disk;
  folder: string;
  crypto: Crypto;
  process: ProcessIdentity;
  fuse: Fuse;
}

/**
 * Makes this process the folder's only writer, or throws StoreStop. A dead owner on this host is
 * recognised at once by process number and start time, or by another start of the machine; no
 * heartbeat, no wait. Of another host nothing can be known, so its lock stays until a person decides.
 */
export async function takeLock(options: LockOptions): Promise<Lock> {
  const { disk, folder, fuse } = options;
  const path = `${folder}/${lockName}`;
  const identity = await claim(options, path);
  const isOurs = async () => (await disk.identity(path)) === identity;
  return {
    async verify() {
      if (!(await isOurs())) throw fuse.blow(lost(path));
    },
    async release() {
      if (await isOurs()) await disk.remove(path);
    },
  };
}

async function claim(options: LockOptions, path: string): Promise<string> {
  const { disk } = options;
  for (let attempt = 1; attempt <= lockAttemptsMax; attempt += 1) {
    const identity = await linkWhole(options, path);
    if (identity !== null) return identity;
    const held = await disk.read(path);
    if (held === null) continue;
    const owner = ownerOf(held, path);
    if (owner.host !== options.process.host) throw elsewhere(path, owner);
    if (isAlive(owner, options.process)) throw refused(path, owner);
    await takeAway(options, path, held);
  }
  throw refused(path, null);
}

/** The lock appears with its whole content or not at all: written aside, then linked to its name. */
async function linkWhole({ disk, process, crypto }: LockOptions, path: string) {
  const { host, pid, bootId, startedAt } = process;
  const temporary = temporaryOf(`${path}.${randomName(crypto)}`);
  // Removed and not emptied: a leftover of this name may be another name of the lock itself.
  await disk.remove(temporary);
  const file = await disk.open(temporary, 'create');
  try {
    await writeFully(file, encode(JSON.stringify({ host, pid, bootId, startedAt })));
    await file.sync();
    const identity = await file.identity();
    await disk.link(temporary, path);
    return identity;
  } catch (error) {
    if (diskCodeOf(error) === 'EEXIST') return null;
    throw error;
  } finally {
    await file.close();
    await disk.remove(temporary);
  }
}

/** Two may find the same dead owner. Who moved away a lock that is not that owner's puts it back. */
async function takeAway({ disk, crypto }: LockOptions, path: string, seen: Uint8Array) {
  const aside = temporaryOf(`${path}.${randomName(crypto)}`);
  await disk.remove(aside);
  try {
    await disk.rename(path, aside);
  } catch (error) {
    if (diskCodeOf(error) === 'ENOENT') return;
    throw error;
  }
  const moved = await disk.read(aside);
  if (moved !== null && decode(moved) !== decode(seen))
    await disk.link(aside, path).catch(() => undefined);
  await disk.remove(aside);
}

function isAlive(owner: Owner, process: ProcessIdentity): boolean {
  return owner.bootId === process.bootId && process.isAlive(owner.pid, owner.startedAt);
}

function ownerOf(bytes: Uint8Array, path: string): Owner {
  try {
    return v.parse(ownerSchema, JSON.parse(decode(bytes)));
  } catch (cause) {
    throw new StoreStop({
      reason: 'locked',
      file: path,
      problem: 'does not say which process holds the folder',
      fix: 'Make sure that no other process uses the folder, then delete this file',
      cause,
    });
  }
}

const refused = (path: string, owner: Owner | null): StoreStop =>
  new StoreStop({
    reason: 'locked',
    file: path,
    problem: `another process${owner === null ? '' : ` (number ${owner.pid})`} works on this folder`,
    fix: 'Stop it first, or give this one another folder; one folder takes one process',
  });

const elsewhere = (path: string, { host, pid }: Owner): StoreStop =>
  new StoreStop({
    reason: 'locked',
    file: path,
    problem: `process ${pid} of another host or container (${host}) holds this folder`,
    fix: 'Make sure that it has ended, then delete this file; a container needs a host name that stays the same',
  });

const lost = (path: string): StoreStop =>
  new StoreStop({
    reason: 'other-writer',
    file: path,
    problem: 'the lock of this process was taken away',
    fix: 'Run exactly one process on this folder, then start again',
  });

const randomName = (crypto: Crypto): string =>
  Array.from(crypto.randomBytes(8), (byte) => byte.toString(16).padStart(2, '0')).join('');
