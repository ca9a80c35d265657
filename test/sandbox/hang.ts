/** Waits in real time; ends early when the signal aborts. */
export interface Sleeper {
  sleep(ms: number, signal: AbortSignal): Promise<void>;
}

/** A hanging request ends here at the latest, in real time. */
const HANG_MS = 30_000;

/** The answer is never sent: the connection hangs until the caller gives up, at most 30 seconds. */
export async function hang(sleeper: Sleeper, signal: AbortSignal): Promise<Response> {
  await pause(sleeper, HANG_MS, signal);
  return new Response(null, { status: 504 });
}

/** Waits; rejects as fetch does when the caller gave up meanwhile. */
export async function pause(sleeper: Sleeper, ms: number, signal: AbortSignal): Promise<void> {
  await sleeper.sleep(ms, signal);
  signal.throwIfAborted();
}
