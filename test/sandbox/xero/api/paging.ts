import { type Call, flag, parameter } from './call.ts';

const PAGE_SIZE = 100;
const PAGE_SIZE_MAX = 1_000;

/**
 * Pages begin at 1; pageSize is 1 to 1,000, default 100, and a value out of range is adjusted. The answer's
 * `pagination` is lower case. Without `page` all come at once; summaryOnly forces paging.
 */
export function paged<T>(
  call: Call,
  all: readonly T[],
): { rows: T[]; isPaged: boolean; pagination: Record<string, number> } {
  const page = Math.max(1, wholeNumber(parameter(call.query, 'page')) ?? 1);
  const pageSize = Math.min(
    PAGE_SIZE_MAX,
    Math.max(1, wholeNumber(parameter(call.query, 'pageSize')) ?? PAGE_SIZE),
  );
  const isPaged = parameter(call.query, 'page') !== undefined || flag(call.query, 'summaryOnly');
  if (!isPaged) return { rows: [...all], isPaged, pagination: {} };
  return {
    rows: all.slice((page - 1) * pageSize, page * pageSize),
    isPaged,
    pagination: {
      page,
      pageSize,
      pageCount: Math.ceil(all.length / pageSize),
      itemCount: all.length,
    },
  };
}

function wholeNumber(text: string | undefined): number | undefined {
  return text !== undefined && /^-?\d{1,9}$/.test(text) ? Number(text) : undefined;
}

/** A comma list; undefined when the parameter is absent, empty (matches nothing) when it is present but empty. */
export function listParameter(call: Call, name: string): Set<string> | undefined {
  const text = parameter(call.query, name);
  if (text === undefined) return undefined;
  return new Set(
    text
      .split(',')
      .map((part) => part.trim().toLowerCase())
      .filter((part) => part !== ''),
  );
}
