import type { Disk, DiskFile } from '../../server/domain/ports/disk.ts';
import type { Clock, Fetch } from '../../server/domain/ports/machine.ts';
import { start } from '../../server/start.ts';
import type { RunningApp } from '../../server/start-options.ts';
import type { SimulatedDisk } from '../store/simulated-disk.ts';
import type { Chance } from './chance.ts';
import type { Network } from './network.ts';
import type { Timeline } from './timeline.ts';

/** One life of the app, from its start to its stop or crash. */
export interface Life {
  readonly disk: SimulatedDisk;
  /** Calls of its ports so far: disk and network. */
  calls(): number;
  isOver(): boolean;
  /** It ends at the port call so many from now on, in or after it. */
  crashAfter(calls: number): void;
  spare(): void;
  /** Ends it now. */
  end(): void;
  start(): Promise<RunningApp>;
}

interface LifeOptions {
  disk: SimulatedDisk;
  env: Parameters<typeof start>[0]['env'];
  timeline: Timeline;
  chance: Chance;
  network: Network;
  /** How far the clock of the app's machine is wrong now. */
  skewMs: () => number;
  /** Whether the disk has failed in this story: then the app may end itself and be started again. */
  isTroubled: () => boolean;
  onError: (text: string) => void;
}

/** Every page of the app: nobody looks at it here. */
const page = new TextEncoder().encode('<html><head></head><body></body></html>');
const never = new Promise<never>(() => undefined);
const slowDiskPercent = 6;
const slowDiskMaxMs = 4;

/** The ports of one life: each call is counted and may be the last one. */
export function createLife({
  disk,
  env,
  timeline,
  chance,
  network,
  skewMs,
  isTroubled,
  onError,
}: LifeOptions): Life {
  let calls = 0;
  let crashAt = Number.POSITIVE_INFINITY;
  let isOver = false;
  const ends: (() => void)[] = [];

  /** True when this call is the one that ends the life; it may still take effect. */
  function isLast(): boolean {
    calls += 1;
    return calls >= crashAt;
  }
  function end(): void {
    isOver = true;
    for (const callback of ends) callback();
  }

  /** The store says what its disk refuses. */
  const isOfDisk = (facts: object): boolean =>
    isTroubled() && /^(store\.|ENOSPC|EIO|EROFS)/.test(`${codeIn(facts)}`);

  async function onDisk<T>(work: () => Promise<T>): Promise<T> {
    if (isOver) return never;
    if (isLast()) {
      // Whether it took effect or even failed, nobody hears of it.
      if (chance.crashes.chance(50)) void work().catch(() => undefined);
      end();
      return never;
    }
    if (chance.disk.chance(slowDiskPercent)) {
      const delayMs = chance.disk.integer(1, slowDiskMaxMs);
      await new Promise<void>((resolve) => timeline.at(timeline.nowMs() + delayMs, resolve));
      if (isOver) return never;
    }
    const answer = await work();
    return isOver ? never : answer;
  }

  const fetch: Fetch = (request) => {
    if (isOver) return never;
    const dies = isLast();
    const answer = network.send(request, {
      isOver: () => isOver,
      onEnd: (callback) => {
        if (isOver) callback();
        else ends.push(callback);
      },
    });
    answer.catch(() => undefined);
    if (!dies) return answer;
    end();
    return never;
  };

  const nowMs = (): number => timeline.nowMs() + skewMs();
  const clock: Clock = {
    nowMs,
    waitUntil: (ms, signal) =>
      new Promise((resolve) => {
        if (isOver) return;
        if (signal?.aborted === true || ms <= nowMs()) return resolve();
        const wake = () => {
          if (isOver) return;
          signal?.removeEventListener('abort', cut);
          resolve();
        };
        // A timer runs on by itself when the clock is set (POSIX, CLOCK_MONOTONIC).
        const due = ms === Number.MAX_SAFE_INTEGER ? null : timeline.at(ms - skewMs(), wake);
        function cut(): void {
          if (due !== null) timeline.cancel(due);
          if (!isOver) resolve();
        }
        signal?.addEventListener('abort', cut, { once: true });
      }),
  };

  return {
    disk,
    calls: () => calls,
    isOver: () => isOver,
    crashAfter: (count) => {
      crashAt = calls + count;
    },
    spare: () => {
      crashAt = Number.POSITIVE_INFINITY;
    },
    end,
    start: () =>
      start({
        env,
        clock,
        disk: diskOf(disk, onDisk),
        fetch,
        crypto: chance.crypto,
        ids: chance.ids,
        random: chance.random,
        logger: {
          info: () => undefined,
          warn: (event, facts = {}) => {
            if (!isOver && Reflect.get(facts, 'code') === 'internal')
              onError(`${event} ${messageOf(facts)}`);
          },
          error: (event, facts = {}) => {
            if (!isOver && isOurFault(event, facts) && !isOfDisk(facts))
              onError(`${event} ${messageOf(facts)}`);
          },
        },
        mailer: null,
        assets: async () => page,
        onFatal: (error) => {
          if (isOver) return;
          if (isTroubled()) end();
          else onError(`fatal: ${error.message}`);
        },
        listen: false,
      }),
  };
}

function diskOf(disk: Disk, call: <T>(work: () => Promise<T>) => Promise<T>): Disk {
  const fileOf = (file: DiskFile): DiskFile => ({
    write: (bytes) => call(() => file.write(bytes)),
    sync: () => call(() => file.sync()),
    size: () => call(() => file.size()),
    identity: () => call(() => file.identity()),
    close: () => call(() => file.close()),
  });
  return {
    mkdir: (path) => call(() => disk.mkdir(path)),
    list: (path) => call(() => disk.list(path)),
    read: (path, range) => call(() => disk.read(path, range)),
    open: async (path, how) => fileOf(await call(() => disk.open(path, how))),
    link: (from, to) => call(() => disk.link(from, to)),
    rename: (from, to) => call(() => disk.rename(from, to)),
    remove: (path) => call(() => disk.remove(path)),
    truncate: (path, length) => call(() => disk.truncate(path, length)),
    syncFolder: (path) => call(() => disk.syncFolder(path)),
    identity: (path) => call(() => disk.identity(path)),
  };
}

/** What the other side did wrong may end a request with an error; that is told and no fault. */
const isOurFault = (event: string, facts: object): boolean =>
  event !== 'request-failed' || Reflect.get(facts, 'code') === 'internal';

function codeIn(facts: object): unknown {
  const error: unknown = Reflect.get(facts, 'error');
  return (
    Reflect.get(facts, 'code') ??
    (typeof error === 'object' && error !== null ? Reflect.get(error, 'code') : undefined)
  );
}

function messageOf(facts: object): string {
  const error: unknown = Reflect.get(facts, 'error');
  return error instanceof Error ? (error.stack ?? error.message) : JSON.stringify(facts);
}
