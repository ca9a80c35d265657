import type { World } from '../world.ts';

/** A hanging request ends here at the latest, in real time. */
const HANG_MS = 30_000;

/** The answer is never sent: the connection hangs until the caller gives up, at most 30 seconds. */
export async function hang(world: World, signal: AbortSignal): Promise<Response> {
  await pause(world, HANG_MS, signal);
  return new Response(null, { status: 504 });
}

/** Waits; rejects as fetch does when the caller gave up meanwhile. */
export async function pause(world: World, ms: number, signal: AbortSignal): Promise<void> {
  await world.sleep(ms, signal);
  signal.throwIfAborted();
}
