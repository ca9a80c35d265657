import type { Order } from '../../domain/order.ts';
import type { Reader } from '../../domain/ports/store.ts';
import { type LinkState, linkStateOf } from '../plan/links.ts';

/** Whether every charge of the order is on a document with the amount it has now. */
export function isSettled(reader: Reader, order: Order): boolean {
  return (
    order.charges.length > 0 &&
    order.charges.every(({ key, revision }) => linkStateOf(reader, key).live?.revision === revision)
  );
}

/** The connection on whose documents the order stands already; it keeps the order whoever bills now. */
export function billedBy(reader: Reader, order: Order): string | null {
  const states: LinkState[] = order.charges.map(({ key }) => linkStateOf(reader, key));
  return states.find(({ live }) => live !== null)?.live?.connectionId ?? null;
}
