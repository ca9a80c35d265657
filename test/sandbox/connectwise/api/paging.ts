import type { Row } from '../row.ts';
import type { Call } from './call.ts';
import { type Refusal, refusal } from './refusal.ts';

/** "Page size: 25 by default, 1000 at most" (vendor guide: Pagination). */
const PAGE_SIZE = 25;
export const PAGE_SIZE_MAX = 1_000;

export type Paged =
  | { status: 'ok'; rows: readonly Row[]; link: string | undefined }
  | { status: 'failed'; refusal: Refusal };

/**
 * Navigable pages by number, or forward-only ones after an id, as the request's `pagination-type` header wants. Either tells the
 * next page in the `Link` header (vendor guide: Pagination).
 */
export function paged(call: Call, rows: readonly Row[]): Paged {
  const { query } = call;
  const size = countOf(query.get('pageSize'), PAGE_SIZE);
  const page = countOf(query.get('page'), 1);
  const after = query.get('pageId');
  if (size === undefined || size > PAGE_SIZE_MAX)
    return failed(`pageSize must be a number from 1 to ${PAGE_SIZE_MAX}.`);
  if (page === undefined) return failed('page must be a number from 1 on.');
  if (after !== null && !/^\d{1,12}$/.test(after)) return failed('pageId must be a number.');
  // "pageId acts as an additional condition: id > pageId" (vendor guide: Pagination).
  const left = after === null ? rows : rows.filter(({ id }) => id > Number(after));
  if (call.headers.get('pagination-type')?.toLowerCase() === 'forward-only')
    return forward(call, left, size);
  const start = (page - 1) * size;
  const last = Math.max(1, Math.ceil(left.length / size));
  const to = (number: number, rel: string) => `<${address(call, { page: number })}>; rel="${rel}"`;
  const links = [
    ...(page < last ? [to(page + 1, 'next'), to(last, 'last')] : []),
    ...(page > 1 ? [to(page - 1, 'prev'), to(1, 'first')] : []),
  ];
  return {
    status: 'ok',
    rows: left.slice(start, start + size),
    link: links.length === 0 ? undefined : links.join(', '),
  };
}

/** No page can be sorted otherwise, since the next one starts after an id. */
function forward(call: Call, rows: readonly Row[], size: number): Paged {
  const order = call.query.get('orderBy');
  if (order !== null && !/^id( asc)?$/i.test(order.trim()))
    return failed('Forward-only pages cannot be ordered by another field than id.');
  const found = rows.slice(0, size);
  const last = found.at(-1);
  const hasMore = last !== undefined && rows.length > size;
  return {
    status: 'ok',
    rows: found,
    link: hasMore ? `<${address(call, { pageId: last.id })}>; rel="next"` : undefined,
  };
}

function address(call: Call, more: Record<string, number>): string {
  const query = new URLSearchParams(call.query);
  for (const [name, value] of Object.entries(more)) query.set(name, String(value));
  return `${call.apiUrl}/${call.parts.join('/')}?${query}`;
}

function countOf(text: string | null, fallback: number): number | undefined {
  if (text === null) return fallback;
  const count = /^\d{1,9}$/.test(text) ? Number(text) : 0;
  return count >= 1 ? count : undefined;
}

const failed = (message: string): Paged => ({ status: 'failed', refusal: refusal(400, message) });
