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
  if (!result.ok) return shut(result.failure);
  door.value = { state: 'open' };
  await shell.load();
  stream?.abort();
  stream = new AbortController();
  void followStream(stream.signal);
}

/** Nothing of a session that has ended stays on the page. */
export function shut(why: Locked): void {
  stream?.abort();
  door.value = { state: 'locked', why };
}
