import { isRecord } from './must.ts';

export interface FollowedClock {
  nowMs(): number;
  /** Resolves when the clock reaches the instant, also by a jump, or when the signal aborts. */
  waitUntil(ms: number, signal?: AbortSignal): Promise<void>;
  onJump(callback: () => void): () => void;
}

/** The offset of a flowing clock trembles by a few milliseconds; only a real jump wakes anybody. */
const TREMBLE_MS = 100;
/** The longest that a timer of the platform may be set. */
const TIMER_MAX_MS = 2_147_483_647;

/** A child's clock: real time plus what the world last said over IPC, from the first moment on. Each telling is answered. */
export function followedClock(channel: {
  env: Record<string, string | undefined>;
  on(event: 'message', listener: (message: unknown) => void): unknown;
  send?: ((message: object) => unknown) | undefined;
}): FollowedClock {
  const callbacks = new Set<() => void>();
  let offsetMs = Number(channel.env.LEDGERPORT_CLOCK_OFFSET_MS ?? 0);
  channel.on('message', (message: unknown) => {
    if (!isRecord(message) || message.type !== 'clock' || typeof message.offsetMs !== 'number')
      return;
    const isJump = Math.abs(message.offsetMs - offsetMs) > TREMBLE_MS;
    offsetMs = message.offsetMs;
    if (isJump) for (const callback of [...callbacks]) callback();
    channel.send?.({ type: 'clock-heard', telling: message.telling });
  });
  const nowMs = () => Date.now() + offsetMs;
  const onJump = (callback: () => void) => {
    callbacks.add(callback);
    return () => callbacks.delete(callback);
  };
  return {
    nowMs,
    onJump,
    waitUntil: (ms, signal) =>
      new Promise((resolve) => {
        let timer: NodeJS.Timeout | undefined;
        const look = () => {
          clearTimeout(timer);
          if (!signal?.aborted && nowMs() < ms) {
            timer = setTimeout(look, Math.min(ms - nowMs(), TIMER_MAX_MS));
            return;
          }
          end();
          signal?.removeEventListener('abort', look);
          resolve();
        };
        const end = onJump(look);
        signal?.addEventListener('abort', look, { once: true });
        look();
      }),
  };
}
