import type { Fetch } from '../../server/domain/ports/machine.ts';

interface Kept {
  status: number;
  headers: [string, string][];
  text: string;
}

/**
 * The other side's honest answers, asked for once and then from memory: thousands of rounds would meet
 * its limits, and cost more than what is tested.
 */
export function recorded(fetch: Fetch): Fetch {
  const kept = new Map<string, Kept>();
  return async (request) => {
    const key = `${request.method} ${request.url} ${await request.clone().text()}`;
    const found = kept.get(key) ?? (await keptOf(await fetch(request)));
    kept.set(key, found);
    const { status, headers, text } = found;
    return new Response(withoutBody.includes(status) ? null : text, { status, headers });
  };
}
const withoutBody = [204, 205, 304];

const keptOf = async (response: Response): Promise<Kept> => ({
  status: response.status,
  headers: [...response.headers],
  text: await response.text(),
});
