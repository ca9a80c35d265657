import type { ConnectionId } from '../domain/ids.ts';
import type { Clock } from '../domain/ports/machine.ts';

const keyLifeMs = 24 * 60 * 60_000;
/**
 * What the known key did not sign has the key read again, at most so often: whoever knows an address and
 * cannot sign must not spend the system's calls, nor make a good key be forgotten.
 */
export const keyRestMs = 10 * 60_000;

interface Known {
  key: string | null;
  readAtMs: number;
  triedAtMs: number;
  reading: Promise<void> | null;
}

/** The keys that connections' systems sign with, one a connection, as long as this process lives. */
export function createCallbackKeys(clock: Clock): {
  /** Whether the connection's key signed it: the known one, or the one that `read` gives. Throws what `read` does. */
  hasSigned(
    id: ConnectionId,
    call: { isSignedBy(key: string): boolean; read(): Promise<string | null> },
  ): Promise<boolean>;
} {
  const known = new Map<ConnectionId, Known>();

  async function readInto(of: Known, read: () => Promise<string | null>): Promise<void> {
    of.triedAtMs = clock.nowMs();
    const key = await read();
    if (key === null) return;
    of.key = key;
    of.readAtMs = clock.nowMs();
  }

  return {
    hasSigned: async (id, { isSignedBy, read }) => {
      const of = known.get(id) ?? {
        key: null,
        readAtMs: 0,
        triedAtMs: Number.NEGATIVE_INFINITY,
        reading: null,
      };
      known.set(id, of);
      const isGood = () =>
        of.key !== null && clock.nowMs() - of.readAtMs < keyLifeMs && isSignedBy(of.key);
      if (isGood()) return true;
      if (of.reading === null && clock.nowMs() - of.triedAtMs < keyRestMs) return false;
      of.reading ??= readInto(of, read).finally(() => {
        of.reading = null;
      });
      await of.reading;
      return isGood();
    },
  };
}
