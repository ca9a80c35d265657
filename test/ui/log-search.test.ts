import { describe, expect, it } from 'vitest';
import type { LogFilter } from '../../ui/api.ts';
import { searchOn } from '../../ui/state/log-search.ts';

/** A log of so many pages without a hit, then one with `rows`. */
function logOf({ pages, isLeft = () => false }: { pages: number; isLeft?: () => boolean }) {
  const asked: LogFilter[] = [];
  const told: number[] = [];
  const search = searchOn({
    query: { text: 'words', from: '2026-11-01', to: '2026-11-30' },
    ask: async (query) => {
      asked.push(query);
      const isLast = asked.length > pages;
      const next = isLast ? null : String(1_000 - asked.length);
      const value = { rows: [], total: 1_000, next, counts: { scanned: 10 }, complete: isLast };
      return { ok: true, value };
    },
    told: (scanned) => told.push(scanned),
    isCurrent: () => !isLeft(),
  });
  return { asked, told, search };
}

describe('a text search in the Action log', () => {
  it('goes on by itself until the days end, and tells how far it came', async () => {
    const { search, asked, told } = logOf({ pages: 3 });
    const answer = await search;
    expect(answer.ok && answer.value).toMatchObject({ complete: true, counts: { scanned: 40 } });
    expect(asked.map(({ before }) => before)).toEqual([undefined, '999', '998', '997']);
    expect(asked.every(({ text, from }) => text === 'words' && from === '2026-11-01')).toBe(true);
    expect(told).toEqual([10, 20, 30, 40]);
  });
  it('asks the person after 50 pages', async () => {
    const { search, asked } = logOf({ pages: 1_000 });
    const answer = await search;
    expect(answer.ok && answer.value).toMatchObject({ complete: false, next: '950' });
    expect(asked).toHaveLength(50);
  });
  it('ends when another question was asked meanwhile', async () => {
    let left = false;
    const { search, asked } = logOf({ pages: 1_000, isLeft: () => left });
    left = true;
    await search;
    expect(asked).toHaveLength(1);
  });
});
