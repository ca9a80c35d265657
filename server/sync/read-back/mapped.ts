import { ownKey } from '../../domain/ids.ts';
import type { InvoicesWanted } from '../../domain/ports/invoices.ts';
import type { Crypto } from '../../domain/ports/machine.ts';
import type { Reader } from '../../domain/ports/store.ts';

/** The companies of a connection that a customer is mapped to, each once, in the order of their ids. */
export function mappedCompanies(reader: Reader, connectionId: string): InvoicesWanted['companies'] {
  const ids = reader
    .list('customerMapping')
    .flatMap((mapping) =>
      mapping.connectionId === connectionId && mapping.targetId !== null ? [mapping.targetId] : [],
    );
  return [...new Set(ids)].sort().map((id) => ({
    id,
    currency: reader.get('company', ownKey(connectionId, id))?.company.currency ?? null,
  }));
}

/** Enough of a hash to tell two sets of mapped companies apart. */
const namesLength = 16;

/** Names the set of mapped companies; every bookmark of what is read back begins with it. */
export const namesOf = (
  crypto: Pick<Crypto, 'hash'>,
  companies: InvoicesWanted['companies'],
): string => crypto.hash(companies.map(({ id }) => id).join('\n')).slice(0, namesLength);

/** What follows the names in a bookmark; null where it is of other companies, or there is none. */
export const afterNames = (position: string | null, names: string): string | null =>
  position?.startsWith(`${names} `) === true ? position.slice(names.length + 1) : null;
