import type { Fetch } from '../../server/domain/ports/machine.ts';

/** Counts what goes out, ids replaced, and knows whether anything is under way. */
export interface CountedFetch {
  fetch: Fetch;
  isBusy(): boolean;
  /** Calls since the last `clear`, by method, origin and path. */
  calls(): ReadonlyMap<string, number>;
  clear(): void;
}

const id = /\/(?:[0-9a-f]{8}-[0-9a-f-]{27}|(?=[^/]*\d)[^/]*)(?=\/|$)/gi;
/** Marks the key of a call that asks only for what changed since the last one. */
export const changesOnly = ' (changes)';
const apiVersion = /^\/api\.xro\/2\.0/;

export function countedFetch(fetch: Fetch): CountedFetch {
  const counts = new Map<string, number>();
  let underWay = 0;
  return {
    fetch: async (request) => {
      const { origin, pathname } = new URL(request.url);
      const path = pathname.replace(apiVersion, '').replace(id, '/{id}');
      const since = request.headers.has('if-modified-since') ? changesOnly : '';
      const key = `${request.method} ${origin}${path}${since}`;
      counts.set(key, (counts.get(key) ?? 0) + 1);
      underWay += 1;
      try {
        return await whole(await fetch(request));
      } finally {
        underWay -= 1;
      }
    },
    isBusy: () => underWay > 0,
    calls: () => new Map(counts),
    clear: () => counts.clear(),
  };
}

/** A call is under way until its last byte is here: a deadline that the clock jumps over would end it. */
async function whole(response: Response): Promise<Response> {
  const { status, headers } = response;
  const body = await response.arrayBuffer();
  return new Response(body.byteLength === 0 ? null : body, { status, headers });
}
