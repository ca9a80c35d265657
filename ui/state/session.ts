import { signal } from '@preact/signals';
import { type Locked, session } from '../api.ts';
import { followStream } from './live.ts';
import { shell } from './shell.ts';

/** Whether the page may show anything at all. */
export const door = signal<{ state: 'opening' | 'open' } | { state: 'locked'; why: Locked }>({
  state: 'opening',
});
let stream: AbortController | null = null;

/** Takes the first bearer, then everything else starts. */
export async function open(): Promise<void> {
  door.value = { state: 'opening' };
  const result = await session.current();
  if (!result.ok) {
    door.value = { state: 'locked', why: result.failure };
    return;
  }
  door.value = { state: 'open' };
  await shell.load();
  stream?.abort();
  stream = new AbortController();
  void followStream(stream.signal);
}
