import type { Api } from '../../server/http/contract.ts';

/** Which world the frame was opened in; the host's token names it. */
export type Scenario =
  | 'full'
  | 'fresh'
  | 'start'
  | 'viewer'
  | 'broken'
  | 'first-settings'
  | 'running'
  | 'tampered'
  | 'two'
  /** A PSA with lists of users, and a marketplace that tells them, or does not. */
  | 'lists'
  | 'untold';
export interface Asked {
  scenario: Scenario;
  path: string;
  query: URLSearchParams;
}
/** An answer for each route of the API; a file that holds some of them names which. */
export type Answers = { [Key in keyof Api]: (asked: Asked) => Api[Key]['reply'] };

export const page = <Row>(rows: Row[], counts: Record<string, number> = {}) => ({
  rows,
  total: rows.length,
  next: null,
  counts,
});
export const changed = () => ({ changed: 1 });
export const bulk = () => ({ changed: 1, failed: [] });
export const csv = () => 'a,b\n';

/** A row that a fixture counts on. */
export function must<Row>(row: Row | undefined): Row {
  if (row === undefined) throw new Error('the fixture is empty');
  return row;
}
