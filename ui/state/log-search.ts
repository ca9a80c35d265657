import type { Api, LogFilter, Result } from '../api.ts';

type Page = Api['GET /v1/log']['reply'];

/** A page of text search looks through a megabyte; so many are asked for before a person decides. */
const pagesMax = 50;

/**
 * Asks for page after page until one has rows, the chosen days end, or a newer question stands
 * (`isCurrent`). `told` hears how many entries were looked through so far.
 */
export async function searchOn(options: {
  ask: (query: LogFilter) => Promise<Result<Page>>;
  query: LogFilter;
  told: (scanned: number) => void;
  isCurrent: () => boolean;
}): Promise<Result<Page>> {
  const { ask, told, isCurrent } = options;
  let { query } = options;
  let scanned = 0;
  for (let pages = 1; ; pages += 1) {
    const answer = await ask(query);
    if (!answer.ok) return answer;
    const { rows, next, complete, counts } = answer.value;
    scanned += counts.scanned ?? 0;
    told(scanned);
    if (complete || rows.length > 0 || next === null || pages >= pagesMax || !isCurrent())
      return { ok: true, value: { ...answer.value, counts: { ...counts, scanned } } };
    query = { ...query, before: next };
  }
}
