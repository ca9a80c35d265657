import type { Row } from '../row.ts';
import type { Entity } from '../schema/entity.ts';
import type { Call } from './call.ts';

export interface Paging {
  rows: readonly Row[];
  recordsMax: number;
  entity: Entity;
  /** The filter of a GET, which its next address repeats; a POST sends its body again. */
  search: string | undefined;
}

export interface PageDetails {
  count: number;
  requestCount: number;
  prevPageUrl: string | null;
  nextPageUrl: string | null;
}

/**
 * One page, sorted by id. The addresses of the next and the previous one are complete and are followed with the same method
 * and the same body (help: REST, basic query calls, "pagination"). A page is remembered by the id it starts after, so that
 * a record made or removed meanwhile shifts nothing.
 */
export function pageOf(
  call: Call,
  { rows, recordsMax, entity, search }: Paging,
): { status: 'ok'; rows: Row[]; details: PageDetails } | { status: 'failed'; error: string } {
  const asked = askedPage(call, recordsMax);
  if (!asked) return { status: 'failed', error: 'The paging parameter is not valid.' };
  const { pageSize, afterId } = asked;
  const start = rows.findIndex(({ id }) => id > afterId);
  const first = start === -1 ? rows.length : start;
  const page = rows.slice(first, first + pageSize);
  const address = (pageAfterId: number): string => {
    const paging = JSON.stringify({ pageSize, afterId: pageAfterId });
    const parameters = new URLSearchParams({
      paging,
      ...(search === undefined ? {} : { search }),
    });
    return `${call.zoneUrl}V1.0/${entity.name}/query/next?${parameters}`;
  };
  const last = page.at(-1);
  const isLast = last === undefined || first + pageSize >= rows.length;
  const before = rows[first - pageSize - 1];
  return {
    status: 'ok',
    rows: page,
    details: {
      count: page.length,
      requestCount: pageSize,
      prevPageUrl: first === 0 ? null : address(before?.id ?? -1),
      nextPageUrl: isLast ? null : address(last.id),
    },
  };
}

function askedPage(
  call: Call,
  recordsMax: number,
): { pageSize: number; afterId: number } | undefined {
  if (call.parts.at(-1)?.toLowerCase() !== 'next') return { pageSize: recordsMax, afterId: -1 };
  const match = /^\{"pageSize":(\d{1,3}),"afterId":(-?\d{1,12})\}$/.exec(
    call.query.get('paging') ?? '',
  );
  if (!match) return undefined;
  return { pageSize: Number(match[1]), afterId: Number(match[2]) };
}
