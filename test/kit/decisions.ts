import type { DecisionView } from '../../server/http/views/decisions.ts';
import type { Ready } from './ready-road.ts';

const pagesMax = 100;

/** Every answer of a person, over all pages. */
export async function decisionsIn({
  road,
  params,
}: Pick<Ready, 'road' | 'params'>): Promise<DecisionView[]> {
  const found: DecisionView[] = [];
  let page: string | null = '0';
  for (let pages = 0; page !== null && pages < pagesMax; pages += 1) {
    const reply: { rows: DecisionView[]; next: string | null } = await road.call(
      'GET /v1/connections/:connectionId/decisions',
      { params, query: { page } },
    );
    found.push(...reply.rows);
    page = reply.next;
  }
  return found;
}
