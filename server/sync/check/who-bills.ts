import { compareText } from '../../domain/compare-text.ts';
import type { Connection } from '../../domain/connection.ts';
import { canonical } from '../../domain/json.ts';
import { customerMappingId } from '../../domain/mapping.ts';
import type { Reader } from '../../domain/ports/store.ts';

/**
 * The connection that bills a customer; null for nobody. At most one does (DESIGN.md 3, Who bills):
 * the one ticked for the customer, else the one that takes new customers. Where records say two,
 * the ticked one wins, then the older.
 */
export function billingConnection(reader: Reader, customerId: string): Connection | null {
  const claims = reader
    .list('connection')
    .filter((connection) => connection.state !== 'disconnected')
    .map((connection) => {
      const mapping = reader.get('customerMapping', customerMappingId(connection.id, customerId));
      return {
        connection,
        ticked: mapping?.bills === true,
        bills: mapping?.bills ?? connection.billsNewCustomers,
      };
    })
    .filter(({ bills }) => bills)
    .sort(
      (a, b) =>
        Number(b.ticked) - Number(a.ticked) ||
        compareText(a.connection.connectedAt, b.connection.connectedAt) ||
        compareText(a.connection.id, b.connection.id),
    );
  return claims[0]?.connection ?? null;
}

/** Whether a connection bills a customer; each is looked up once. */
export function billsFor(reader: Reader, connectionId: string): (customerId: string) => boolean {
  const known = new Map<string, boolean>();
  return (customerId) => {
    const answer =
      known.get(customerId) ?? billingConnection(reader, customerId)?.id === connectionId;
    known.set(customerId, answer);
    return answer;
  };
}

/**
 * Changes whenever the answer of `billingConnection` may change for a customer already known, and with
 * every connect: orders that were read while a connection was disconnected were nobody's.
 */
export function billingSignature(reader: Reader): string {
  const connections = reader.list('connection').filter(({ state }) => state !== 'disconnected');
  const newCustomers = new Map(
    connections.map(({ id, billsNewCustomers }) => [`${id}`, billsNewCustomers]),
  );
  const exceptions = reader
    .list('customerMapping')
    .filter(({ connectionId, bills }) => newCustomers.get(connectionId) === !bills)
    .map(({ connectionId, customerId, bills }) =>
      [connectionId, customerId, String(bills)].join(' '),
    );
  return canonical([
    connections
      .map(({ id, billsNewCustomers, connectedAt }) => `${id} ${billsNewCustomers} ${connectedAt}`)
      .sort(),
    exceptions.sort(),
  ]);
}
