import { type ReadonlySignal, signal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { Failure, Result } from '../api.ts';

/** What a screen knows of something the server holds. A failed re-read keeps the last good value. */
export interface Loaded<Value> {
  value: Value | null;
  error: Failure | null;
  loading: boolean;
}
export interface Resource<Arguments extends readonly string[], Value> {
  state: ReadonlySignal<Loaded<Value>>;
  load: (...from: Arguments) => Promise<void>;
  reload: () => Promise<void>;
  /** Puts in an answer that a change already brought. */
  put: (value: Value) => void;
  topics: readonly Topic[];
  watchers: number;
}
export type Topic = 'tasks' | 'connection' | 'mappings' | 'run' | 'log' | 'shell';

const all = new Set<Pick<Resource<readonly string[], unknown>, 'topics' | 'watchers' | 'reload'>>();

export function resource<Arguments extends readonly string[], Value>(
  topics: readonly Topic[],
  read: (...from: Arguments) => Promise<Result<Value>>,
  /** Lists keep showing the last rows of the same connection while a filter is applied. */
  { keepsRows = false }: { keepsRows?: boolean } = {},
): Resource<Arguments, Value> {
  const state = signal<Loaded<Value>>({ value: null, error: null, loading: true });
  let from: Arguments | null = null;
  let turn = 0;
  let reading = Promise.resolve();
  let next: Promise<void> | null = null;

  async function run(keep: boolean): Promise<void> {
    if (!from) return;
    turn += 1;
    const mine = turn;
    state.value = { value: keep ? state.value.value : null, error: null, loading: true };
    const result = await read(...from);
    if (mine !== turn) return;
    state.value = result.ok
      ? { value: result.value, error: null, loading: false }
      : { value: state.value.value, error: result.error, loading: false };
  }
  function begin(keep: boolean): Promise<void> {
    reading = run(keep);
    return reading;
  }
  const made: Resource<Arguments, Value> = {
    state,
    topics,
    watchers: 0,
    load: (...next) => {
      const same = from !== null && from.join('\n') === next.join('\n');
      const related = keepsRows && from !== null && from[0] === next[0];
      from = next;
      return begin(same || related);
    },
    // Many changes in one moment are one more reading, begun when the one under way has ended.
    reload: () => {
      next ??= reading.then(() => {
        next = null;
        return begin(true);
      });
      return next;
    },
    put: (value) => {
      turn += 1;
      state.value = { value, error: null, loading: false };
    },
  };
  all.add(made);
  return made;
}

/** Reads on mount and whenever the arguments change; re-reads on `changed` while on the screen. */
export function useResource<Arguments extends readonly string[], Value>(
  from: Resource<Arguments, Value>,
  ...args: Arguments
): Loaded<Value> {
  useEffect(() => {
    from.watchers += 1;
    void from.load(...args);
    return () => {
      from.watchers -= 1;
    };
  }, [from, ...args]);
  return from.state.value;
}

/** Reads again what is on the screen and concerns one of these topics. */
export function reload(...topics: Topic[]): void {
  for (const held of all)
    if (held.watchers > 0 && held.topics.some((topic) => topics.includes(topic)))
      void held.reload();
}
