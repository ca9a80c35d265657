import { AppError, retryLater } from '../../domain/errors.ts';
import { canonical } from '../../domain/json.ts';

/** The description names no maximum; 100 is what public clients use. */
export const pageSize = 100;
/** Each page begins with the last record of the one before, which shows that nothing slipped away. */
const overlap = 1;
const pagesMax = 1_000;
const rewindsMax = 10;

export interface Page {
  data: unknown[];
  total: number | null;
}

/**
 * A whole list, newest first, each record once, although records come and go while it is read:
 * a newcomer pushes records to later pages, where they are met again and known by their id; a
 * departure pulls records forward, seen by a page without any known record (it may be empty), and
 * the reading steps back; a changed total sends it to the front for newcomers. It ends at the total or
 * at an empty page. A list without end is `marketplace.answer`.
 */
export async function readPages(read: (offset: number) => Promise<Page>): Promise<unknown[]> {
  const known = new Map<string, unknown>();
  let calls = 0;
  let rewinds = 0;
  let shifted = false;
  let total: number | null | undefined;

  const next = async (offset: number): Promise<{ page: Page; ids: string[] }> => {
    calls += 1;
    if (calls > pagesMax) throw new AppError('marketplace.answer', { retry: retryLater() });
    const page = await read(offset);
    shifted ||= total !== undefined && total !== page.total;
    total = page.total;
    return { page, ids: page.data.map(identity) };
  };
  const keep = ({ page, ids }: { page: Page; ids: string[] }): void => {
    ids.forEach((id, position) => {
      known.set(id, page.data[position]);
    });
  };

  // Whether the page asked for begins with the last record of the one before, where nothing moved.
  let overlaps = false;
  for (let offset = 0; ; ) {
    const got = await next(offset);
    const size = got.ids.length;
    const slipped = overlaps && offset > 0 && !got.ids.some((id) => known.has(id));
    if (slipped && rewinds < rewindsMax) {
      rewinds += 1;
      shifted = true;
      keep(got);
      offset = Math.max(0, offset - (pageSize - overlap));
      continue;
    }
    if (size === 0) break;
    keep(got);
    if (isLast(got.page, offset)) break;
    overlaps = size > overlap;
    offset += overlaps ? size - overlap : size;
  }

  for (let offset = 0; shifted; ) {
    const got = await next(offset);
    const news = got.ids.some((id) => !known.has(id));
    keep(got);
    if (!news || isLast(got.page, offset)) break;
    offset += Math.max(1, got.ids.length - overlap);
  }
  return [...known.values()];
}

const isLast = ({ data, total }: Page, offset: number): boolean =>
  data.length === 0 || (total !== null && offset + data.length >= total);

/** The record's id; a record without one is known by its content. */
function identity(record: unknown): string {
  const id: unknown =
    typeof record === 'object' && record !== null ? Reflect.get(record, 'id') : null;
  return typeof id === 'string' && id !== '' ? `id:${id}` : `content:${canonical(record)}`;
}
