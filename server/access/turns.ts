/** Work on one thing after the other; work on others goes on beside it. */
export type Turns<Key> = <T>(key: Key, work: () => Promise<T>) => Promise<T>;

/** One turn for each key, in the order they were asked for. A failure holds nobody up. */
export function createTurns<Key>(): Turns<Key> {
  const last = new Map<Key, Promise<unknown>>();
  return (key, work) => {
    const mine = (last.get(key) ?? Promise.resolve()).then(work);
    const settled = mine
      .catch(() => {})
      .finally(() => {
        if (last.get(key) === settled) last.delete(key);
      });
    last.set(key, settled);
    return mine;
  };
}
