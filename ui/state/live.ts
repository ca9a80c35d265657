import { openStream, type View } from '../api.ts';
import { wait } from '../clock.ts';
import { reload } from './resource.ts';
import { notify } from './toasts.ts';

const pauseFirstMs = 1_000;
const pauseMaxMs = 60_000;
const seenMax = 500;
const seen = new Set<number>();

/**
 * Keeps the live stream open for as long as the page lives; a broken one is opened again, later each time.
 * What was told in between is not told again, so once it is open the page reads anew what it shows.
 */
export async function followStream(abort: AbortSignal): Promise<void> {
  let pauseMs = pauseFirstMs;
  let missed = false;
  while (!abort.aborted) {
    const body = await openStream(abort);
    if (body) {
      if (missed) reload('shell', 'tasks', 'connection', 'mappings', 'run', 'log');
      const lines = await readLines(body);
      if (lines > 0) pauseMs = pauseFirstMs;
    }
    missed = true;
    await wait(pauseMs);
    pauseMs = Math.min(pauseMs * 2, pauseMaxMs);
  }
}

async function readLines(body: ReadableStream<Uint8Array>): Promise<number> {
  const reader = body.getReader();
  const decoder = new TextDecoder();
  let rest = '';
  let count = 0;
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return count;
      const parts = `${rest}${decoder.decode(value, { stream: true })}`.split('\n');
      rest = parts.pop() ?? '';
      for (const line of parts.filter(Boolean)) {
        count += 1;
        take(JSON.parse(line));
      }
    }
  } catch {
    return count;
  }
}

/** One event of the stream. A notice that came before, or twice, is shown once. */
export function take(event: View.StreamEvent): void {
  if (event.type === 'changed') reload(...event.what, 'shell');
  if (event.type !== 'notice' || seen.has(event.seq)) return;
  seen.add(event.seq);
  if (seen.size > seenMax) for (const oldest of [...seen].slice(0, 100)) seen.delete(oldest);
  notify(event.result, event.text, { group: event.group });
}
