import type { Organisation, SalesDocument } from '../state.ts';

const PREFIX = { invoice: 'INV-', creditnote: 'CN-' } as const;

/**
 * Numbers are unique. Whether the number of a deleted draft comes free is not documented; the sandbox keeps it taken,
 * since an update that names it fails (xero-php-oauth2 #257).
 */
export function isTaken(
  organisation: Organisation,
  kind: SalesDocument['kind'],
  number: string,
): boolean {
  return [...organisation.documents.values()].some(
    (one) => one.kind === kind && one.number === number,
  );
}

/** The organisation's own sequence: INV-0001, INV-0002 ... past any number a client chose. */
export function nextNumber(organisation: Organisation, kind: SalesDocument['kind']): string {
  for (;;) {
    const number = PREFIX[kind] + String(organisation.nextNumber[kind]).padStart(4, '0');
    organisation.nextNumber[kind] += 1;
    if (!isTaken(organisation, kind, number)) return number;
  }
}
