import type { FoundView, LookView } from '../../server/http/views/look.ts';
import type { ReadyRoad } from './ready-road.ts';

/** The read-only look as it is now. */
export const lookOf = (
  { road, params }: ReadyRoad,
  query: { show?: string; page?: string } = {},
): Promise<LookView> => road.call('GET /v1/connections/:connectionId/look', { params, query });

/** Starts the look and waits for its end. */
export async function looked(ready: ReadyRoad): Promise<LookView> {
  const { road, params } = ready;
  await road.call('POST /v1/connections/:connectionId/look', { params });
  return road.until('the look to end', async () => {
    const view = await lookOf(ready);
    return view.state === 'done' ? view : null;
  });
}

/** All that it found, page after page. */
export async function found(ready: ReadyRoad, show = 'all'): Promise<FoundView[]> {
  const rows: FoundView[] = [];
  for (let page: string | null = '0'; page !== null; ) {
    const view: LookView = await lookOf(ready, { show, page });
    rows.push(...view.rows);
    page = view.next;
  }
  return rows;
}
