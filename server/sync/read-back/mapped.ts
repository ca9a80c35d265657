import { ownKey } from '../../domain/ids.ts';
import type { InvoicesWanted, Reader } from '../../domain/ports.ts';

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
