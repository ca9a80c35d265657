import { type FileHandle, open } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { type BlockEvent, sectorBytes } from './block-log.ts';
import { run } from './run.ts';

/**
 * One file, served by this process over /dev/fuse (include/uapi/linux/fuse.h, protocol 7.31): a loop
 * device over it is a drive of which every write and every flush is known, in order. The kernel's own
 * tool for this, dm-log-writes, is missing where there is no device mapper.
 */
export interface FuseFile {
  events: BlockEvent[];
  /** Takes the file away, after everything over it is unmounted. */
  close(): Promise<void>;
}

const opcode = {
  getattr: 3,
  setattr: 4,
  open: 14,
  read: 15,
  write: 16,
  statfs: 17,
  release: 18,
  fsync: 20,
  flush: 25,
  init: 26,
  destroy: 38,
} as const;
const unanswered = new Set([2, 36, 42]);
const headerIn = 40;
const headerOut = 16;
const writeHeader = 40;
const writeBytesMax = 1 << 20;
const capabilities = { bigWrites: 1 << 5, maxPages: 1 << 22 };
const pageBytes = 4096;
const notThere = -38;
/** One file with the mode 0600. */
const rootMode = 0o100600;

/** `image` is the file behind; what is written behind its end is taken for marks (see `markAt`). */
export async function serveFuseFile(options: {
  image: FileHandle;
  bytes: number;
  /** An empty file that the image appears at. */
  at: string;
}): Promise<FuseFile> {
  const { image, bytes, at } = options;
  const device = await open('/dev/fuse', 'r+');
  const events: BlockEvent[] = [];
  const mounting = new AbortController();
  // Mounted while requests are served: the kernel asks before the command ends.
  const served = serve({ device, image, bytes, events }, mounting.signal);
  await run(
    'mount',
    [
      '-i',
      '-t',
      'fuse',
      '-o',
      `fd=3,rootmode=${rootMode.toString(8)},user_id=0,group_id=0`,
      'powercut',
      at,
    ],
    { passed: device.fd },
  ).catch(async (error: unknown) => {
    mounting.abort();
    await served;
    await device.close();
    throw error;
  });
  return {
    events,
    close: async () => {
      await run('umount', [at]);
      await served;
      await device.close();
    },
  };
}

/** Where the writer says what was acknowledged to it: behind the end of the drive. */
export const markAt = (bytes: number): number => bytes;
/** A whole sector, so that the loop device has nothing to say about its length. */
export const markBytes = sectorBytes;

interface Served {
  device: FileHandle;
  image: FileHandle;
  bytes: number;
  events: BlockEvent[];
}

async function serve(served: Served, givenUp: AbortSignal): Promise<void> {
  const { device } = served;
  const request = Buffer.alloc(writeBytesMax + 2 * pageBytes);
  for (;;) {
    const length = await device
      .read(request, 0, request.length, null)
      .then(({ bytesRead }) => bytesRead)
      .catch((error: unknown) => codeOf(error));
    // Unmounted: the connection is over.
    if (length === 'ENODEV' || givenUp.aborted) return;
    // Not mounted yet.
    if (length === 'EPERM') await sleep(1);
    if (length === 'EPERM' || length === 'EINTR' || length === 'ENOENT' || length === 'EAGAIN')
      continue;
    if (typeof length !== 'number') throw new Error(`/dev/fuse answers ${length}`);
    const asked = request.subarray(0, length);
    if (unanswered.has(asked.readUInt32LE(4))) continue;
    const answer = await answerTo(asked, served);
    const head = Buffer.alloc(headerOut);
    const body = typeof answer === 'number' ? Buffer.alloc(0) : answer;
    head.writeUInt32LE(headerOut + body.length, 0);
    head.writeInt32LE(typeof answer === 'number' ? answer : 0, 4);
    asked.copy(head, 8, 8, 16);
    await device.write(Buffer.concat([head, body])).catch((error: unknown) => {
      // Who asked was killed meanwhile.
      if (codeOf(error) !== 'ENOENT') throw error;
    });
  }
}

/** The answer's body, or the negative number of an error. */
async function answerTo(asked: Buffer, served: Served): Promise<Buffer | number> {
  const { image, bytes, events } = served;
  const body = asked.subarray(headerIn);
  switch (asked.readUInt32LE(4)) {
    case opcode.init:
      return initAnswer(body);
    case opcode.getattr:
    case opcode.setattr:
      return attributes(bytes);
    case opcode.open:
      return Buffer.alloc(16);
    case opcode.statfs:
      return Buffer.alloc(80);
    case opcode.read: {
      const wanted = Buffer.alloc(body.readUInt32LE(16));
      const from = Number(body.readBigUInt64LE(8));
      const { bytesRead } = await image.read(wanted, 0, wanted.length, from);
      return wanted.subarray(0, bytesRead);
    }
    case opcode.write: {
      const from = Number(body.readBigUInt64LE(8));
      const size = body.readUInt32LE(16);
      const data = Uint8Array.from(body.subarray(writeHeader, writeHeader + size));
      if (from >= bytes) events.push(markOf(data));
      else {
        events.push({ kind: 'write', at: from, bytes: data });
        await image.write(data, 0, data.length, from);
      }
      const answer = Buffer.alloc(8);
      answer.writeUInt32LE(size, 0);
      return answer;
    }
    case opcode.fsync:
      events.push({ kind: 'flush' });
      return 0;
    case opcode.flush:
    case opcode.release:
    case opcode.destroy:
      return 0;
    default:
      return notThere;
  }
}

function markOf(data: Uint8Array): BlockEvent {
  const commits = Number(Buffer.from(data).readBigUInt64LE(0));
  return { kind: 'acknowledged', commits };
}

function initAnswer(asked: Buffer): Buffer {
  const answer = Buffer.alloc(64);
  answer.writeUInt32LE(7, 0);
  answer.writeUInt32LE(31, 4);
  // As far ahead as the kernel itself wants to read.
  asked.copy(answer, 8, 8, 12);
  answer.writeUInt32LE(capabilities.bigWrites | capabilities.maxPages, 12);
  answer.writeUInt16LE(16, 16);
  answer.writeUInt16LE(12, 18);
  answer.writeUInt32LE(writeBytesMax, 20);
  answer.writeUInt32LE(1, 24);
  answer.writeUInt16LE(writeBytesMax / pageBytes, 28);
  return answer;
}

/** The drive and the marks behind it, as a file of mode 0600 that never changes its size. */
function attributes(bytes: number): Buffer {
  const answer = Buffer.alloc(104);
  answer.writeBigUInt64LE(1n, 0);
  answer.writeBigUInt64LE(1n, 16);
  answer.writeBigUInt64LE(BigInt(bytes + markBytes), 24);
  answer.writeBigUInt64LE(BigInt(bytes / sectorBytes), 32);
  answer.writeUInt32LE(rootMode, 76);
  answer.writeUInt32LE(1, 80);
  answer.writeUInt32LE(pageBytes, 96);
  return answer;
}

const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error ? String(error.code) : String(error);
