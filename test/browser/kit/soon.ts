import { setTimeout as sleep } from 'node:timers/promises';

const pollMs = 100;

/** What `look` finds, as soon as it finds it. */
export async function soon<T>(
  what: string,
  look: () => Promise<T | null | undefined>,
  maxMs = 15_000,
): Promise<T> {
  const endMs = Date.now() + maxMs;
  for (;;) {
    const found = await look();
    if (found !== null && found !== undefined) return found;
    if (Date.now() > endMs) throw new Error(`waited too long for ${what}`);
    await sleep(pollMs);
  }
}
