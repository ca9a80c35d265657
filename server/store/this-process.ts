import { readFileSync } from 'node:fs';
import { hostname } from 'node:os';

/** Names a process beyond its reusable number, so that a dead owner of a lock is known at once. */
export interface ProcessIdentity {
  /** Process numbers and starts of the machine mean nothing on another host, or in another container. */
  host: string;
  pid: number;
  /** Changes with every start of the machine. */
  bootId: string;
  /** When the process started, in the machine's own count. */
  startedAt: string;
  isAlive(pid: number, startedAt: string): boolean;
}

/** This process as Linux names it (proc(5)); elsewhere the number alone has to do. */
export const thisProcess = (): ProcessIdentity => ({
  host: hostname(),
  pid: process.pid,
  bootId: readOr('/proc/sys/kernel/random/boot_id', 'unknown').trim(),
  startedAt: statusOf(process.pid)?.startedAt ?? 'unknown',
  isAlive(pid, startedAt) {
    const found = statusOf(pid);
    if (found !== null) return found.startedAt === startedAt && found.state !== 'Z';
    return statusOf(process.pid) === null && answersSignal(pid);
  },
});

/** Field 3 is the state, field 22 the start time; the name before them may hold blanks. */
function statusOf(pid: number): { state: string; startedAt: string } | null {
  const text = readOr(`/proc/${pid}/stat`, '');
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
  const [state = ''] = fields;
  const startedAt = fields[19];
  return startedAt === undefined ? null : { state, startedAt };
}

function answersSignal(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

function readOr(path: string, otherwise: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return otherwise;
  }
}
