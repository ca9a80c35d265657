/** Counts API calls by method and path, ids replaced, so that benches can state what a run cost. */
export interface Calls {
  count(method: string, path: string): void;
  view(): Record<string, number>;
}

export function createCalls(): Calls {
  const counts = new Map<string, number>();
  return {
    count: (method, path) => {
      const key = `${method} ${path.replace(/\/\d+(?=\/|$)/g, '/{id}')}`;
      counts.set(key, (counts.get(key) ?? 0) + 1);
    },
    view: () => Object.fromEntries(counts),
  };
}
