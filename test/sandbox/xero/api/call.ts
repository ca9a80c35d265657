import type { ActiveFaults } from '../faults.ts';
import type { Work } from '../rules/work.ts';
import type { Organisation } from '../state.ts';
import type { World } from '../world.ts';

/** One request that passed the gate. */
export interface Call {
  world: World;
  organisation: Organisation;
  clientId: string;
  method: string;
  /** The description's path, `/Invoices/{InvoiceID}`, and the values of its braces. */
  template: string;
  ids: string[];
  query: URLSearchParams;
  /** If-Modified-Since as a moment. */
  sinceMs: number | undefined;
  accept: string;
  body: string;
  /** The body as it was sent, and its type, for files. */
  bytes: Uint8Array<ArrayBuffer>;
  contentType: string;
  faults: ActiveFaults;
}

export interface Answer {
  status: number;
  /** Members of the envelope beside Id, Status, ProviderName and DateTimeUTC; or the whole body with `bare`. */
  body?: Record<string, unknown>;
  bare?: boolean;
  file?: { contentType: string; body: string | Uint8Array<ArrayBuffer> };
}

export type Handler = (call: Call) => Answer;

/** Two decimals, or four with unitdp=4; other values mean two. */
export const unitPlacesOf = ({ query }: Pick<Call, 'query'>): 2 | 4 =>
  parameter(query, 'unitdp') === '4' ? 4 : 2;

/** Names of query parameters are read without case, as Xero does (Statuses, statuses). */
export function parameter(query: URLSearchParams, name: string): string | undefined {
  for (const [key, value] of query) if (key.toLowerCase() === name.toLowerCase()) return value;
  return undefined;
}

export const flag = (query: URLSearchParams, name: string): boolean =>
  parameter(query, name)?.toLowerCase() === 'true';

export function workOf(call: Call): Work {
  const { world, organisation, clientId, faults } = call;
  return {
    world,
    organisation,
    clientId,
    faults,
    actor: `api:${clientId}`,
    unitPlaces: unitPlacesOf(call),
  };
}
