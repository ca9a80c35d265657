/** Counts API calls by method and path, ids replaced, so that benches can state what a run cost. */
export interface Calls {
  count(method: string, path: string): void;
  view(): Record<string, number>;
  clear(): void;
}

const ID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/gi;

export function createCalls(): Calls {
  const counts = new Map<string, number>();
  return {
    count: (method, path) => {
      const key = `${method} ${path.replace(ID, '{id}')}`;
      counts.set(key, (counts.get(key) ?? 0) + 1);
    },
    view: () => Object.fromEntries(counts),
    clear: () => counts.clear(),
  };
}
