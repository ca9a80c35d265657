import { connect, type Socket } from 'node:net';

/** What a round of calls took. */
export interface Load {
  perSecond: number;
  tookMs: number[];
  /** How often each status was answered. */
  statuses: Record<string, number>;
}

/**
 * Sends calls over kept connections, one at a time on each, as fast as they are answered. It speaks just
 * enough HTTP to cost little itself: the two sides share this machine. `next` gives the bytes of the
 * next call, or null when there are no more.
 */
export async function load(options: {
  port: number;
  connections: number;
  next(): string | null;
}): Promise<Load> {
  const { port, connections, next } = options;
  const tookMs: number[] = [];
  const statuses: Record<string, number> = {};
  const startedMs = performance.now();
  await Promise.all(
    Array.from({ length: connections }, async () => {
      const line = await dial(port);
      for (let call = next(); call !== null; call = next()) {
        const sentMs = performance.now();
        const status = await line.ask(call);
        tookMs.push(performance.now() - sentMs);
        statuses[status] = (statuses[status] ?? 0) + 1;
      }
      line.close();
    }),
  );
  const seconds = (performance.now() - startedMs) / 1000;
  return { perSecond: tookMs.length / seconds, tookMs, statuses };
}

async function dial(port: number): Promise<{ ask(call: string): Promise<string>; close(): void }> {
  const socket = connect(port, '127.0.0.1');
  await new Promise<void>((resolve, reject) => {
    socket.once('connect', resolve);
    socket.once('error', reject);
  });
  socket.setNoDelay(true);
  let answered: ((status: string) => void) | null = null;
  let failed: ((error: Error) => void) | null = null;
  let text = '';
  socket.on('data', (chunk: Buffer) => {
    text += chunk.toString('latin1');
    const end = text.indexOf('\r\n\r\n');
    if (end === -1) return;
    const length = Number(/\r\ncontent-length: (\d+)/i.exec(text.slice(0, end + 2))?.[1] ?? '0');
    if (text.length < end + 4 + length) return;
    const status = text.slice(9, 12);
    text = text.slice(end + 4 + length);
    answered?.(status);
  });
  const over = (): void => failed?.(new Error('the connection was closed'));
  socket.on('error', over);
  socket.on('close', over);
  return {
    ask: (call) =>
      new Promise((resolve, reject) => {
        answered = resolve;
        failed = reject;
        socket.write(call, 'latin1');
      }),
    close: () => end(socket),
  };
}

function end(socket: Socket): void {
  socket.removeAllListeners('close');
  socket.destroy();
}
