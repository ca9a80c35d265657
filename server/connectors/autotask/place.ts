import type { CalendarDate } from '../../domain/dates.ts';
import type { Client, Written } from './client.ts';
import type { ContractState } from './map.ts';

/** A contract while its lines are written; its end moves where a line needs it. */
export interface Place {
  client: Client;
  state: ContractState;
  endDate: CalendarDate;
}

/** What became of a line; `there` was done before, and nothing was sent. */
export type Made =
  | (Extract<Written, { status: 'done' }> & { warnings?: string[] })
  | Extract<Written, { status: 'failed' }>
  | { status: 'there'; id: string };
