import { describe, expect, it } from 'vitest';
import type { JournalEntry } from '../journal-entry.ts';
import { began, books, sold } from '../journals.ts';
import { auditStanding } from './audit.ts';
import { type KnownTables, readConnectWise } from './connectwise-journal.ts';

/** One monthly agreement of contact-1 in AUD, billed by whole months from November on. */
const known: KnownTables = {
  currencies: { 'contact-1': 'AUD' },
  currencyCodes: {},
  cycleMonths: {},
  documents: [
    {
      id: '1',
      contact: 'contact-1',
      currency: 'AUD',
      months: 1,
      from: '2026-11-01',
      until: '9999-12-31',
      isOpen: true,
      wholePeriodsFrom: '2026-11-01',
    },
  ],
};
let last = 0;
function addition(
  id: number,
  [from, to, quantity, unitPrice]: [
    from: string,
    to: string | null,
    quantity: string,
    price: string,
  ],
  more: { mark?: string; actor?: string; verb?: string; text?: string } = {},
): JournalEntry {
  const { mark = 'LP0000000000000001', actor = 'api:Ledgerport', verb = 'created' } = more;
  last += 1;
  return {
    seq: last,
    atMs: last,
    kind: `addition.${verb}`,
    actor,
    data: {
      row: {
        id,
        agreementId: 1,
        product: 100,
        quantity,
        unitPrice,
        effectiveDate: `${from}T00:00:00Z`,
        cancelledDate: to === null ? null : `${to}T00:00:00Z`,
        description: `Seat [${mark}]`,
        invoiceDescription: more.text ?? 'Product p1',
      },
    },
  };
}

const sale = sold('SO1', [
  { type: 'setup', amount: '50.00', description: 'Product p1, setup fee' },
  { quantity: 3, unit: '9.90', amount: '29.70' },
]);
const start = began('s1', '2026-11-10', '2027-11-10');
const gone = sold('CL1', [], {
  type: 'cancellation',
  creationDate: '2026-12-20T00:00:00Z',
  total: { currency: 'AUD', amount: '0' },
});
const setup = addition(1, ['2026-11-01', '2026-11-30', '1', '50'], {
  mark: 'LP0000000000000009 once',
  text: 'Product p1, setup fee',
});
const line = addition(2, ['2026-11-01', null, '3', '9.9']);

const kinds = (system: readonly JournalEntry[], orders: readonly JournalEntry[] = [start, sale]) =>
  auditStanding({
    marketplace: orders,
    held: readConnectWise(system, known),
    books: books({ products: [{ product: 'p1', item: '100' }] }),
  }).differences.map(({ kind }) => kind);

describe('the bookkeeper on agreements', () => {
  it('counts a line from the first day of its period, and one that ended with its last', () => {
    expect(kinds([setup, line])).toEqual([]);
    const ended = addition(2, ['2026-11-01', '2026-12-31', '3', '9.9'], { verb: 'changed' });
    expect(kinds([setup, line, ended], [start, sale, gone])).toEqual([]);
    expect(kinds([setup, line], [start, sale, gone])).toEqual(['amount']);
  });

  it('finds an addition that ends in the middle of a period that is billed whole', () => {
    const ended = addition(2, ['2026-11-01', '2027-01-09', '3', '9.9'], { verb: 'changed' });
    expect(kinds([setup, line, ended], [start, sale, gone])).toEqual(['amount']);
  });

  it('finds an addition opened twice with one mark, and takes one after the other as one line', () => {
    expect(kinds([setup, line, addition(3, ['2026-11-01', null, '3', '9.9'])])).toEqual([
      'twice',
      'extra',
    ]);
    const first = addition(2, ['2026-11-01', '2026-11-30', '3', '9.9'], { verb: 'changed' });
    const next = addition(3, ['2026-12-01', null, '3', '9.9']);
    expect(kinds([setup, line, first, next])).toEqual([]);
  });

  it('finds half a group: an addition ended, and none opened after it', () => {
    const half = addition(2, ['2026-11-01', '2026-11-30', '3', '9.9'], { verb: 'changed' });
    expect(kinds([setup, line, half])).toEqual(['amount']);
  });

  it('takes a first period that was invoiced before, and billed apart, as a part of its line', () => {
    const invoice: JournalEntry = {
      seq: 0,
      atMs: 0,
      kind: 'invoice.created',
      actor: 'person:reseller',
      data: {
        row: { id: 1 },
        period: { start: '2026-11-01', end: '2026-11-30' },
        lines: [{ agreementId: 1 }],
      },
    };
    const apart = addition(3, ['2026-12-01', '2026-12-31', '3', '9.9'], {
      mark: 'LP0000000000000002 once',
    });
    const next = addition(2, ['2026-12-01', null, '3', '9.9']);
    expect(kinds([setup, invoice, apart, next])).toEqual([]);
    expect(kinds([setup, apart, next])).toEqual(['amount', 'extra']);
    expect(kinds([setup, invoice, next])).toEqual(['amount']);
  });

  it('leaves alone what a person did, and forgets what the app took back', () => {
    const byHand = addition(2, ['2026-11-01', null, '9', '9.9'], {
      verb: 'changed',
      actor: 'person:reseller',
    });
    expect(kinds([setup, line, byHand])).toEqual([]);
    const back = addition(2, ['2026-11-01', null, '3', '9.9'], { verb: 'deleted' });
    expect(kinds([setup, line, back])).toEqual(['missing']);
  });
});
