import { describe, expect, it } from 'vitest';
import { audit } from './audit.ts';
import type { Books } from './books.ts';
import type { JournalEntry } from './journal-entry.ts';
import { books, byApp, byPerson, document, sold } from './journals.ts';
import type { Document } from './xero-journal.ts';

const order = sold('SO1', [
  { type: 'setup', amount: '50.00', description: 'Product p1, setup fee' },
  { quantity: 3, unit: '9.90', amount: '29.70' },
]);
const clean = document('inv-1', [
  { text: 'Product p1 (setup), 1', unit: '50' },
  { text: 'Product p1, 3, 2026-11-10 - 2026-12-09', quantity: '3', unit: '9.9' },
]);

function audited(documents: JournalEntry[], changes: Partial<Books> = {}, orders = [order]) {
  return audit({ marketplace: orders, system: documents, books: books(changes) });
}
const kinds = (documents: Document[], orders = [order]) =>
  audited(
    documents.map((one) => byApp(one)),
    {},
    orders,
  ).differences.map(({ kind }) => kind);

describe('the bookkeeper on clean journals', () => {
  it('finds no difference where every charge stands once', () => {
    expect(audited([byApp(clean)])).toMatchObject({ ok: true, differences: [], drift: [] });
  });

  it('adds up each contact and currency', () => {
    expect(audited([byApp(clean)]).sums).toEqual([
      { contact: 'contact-1', currency: 'AUD', expected: '79.7', found: '79.7', agrees: true },
    ]);
  });

  it('counts a credit note against the customer', () => {
    const refund = sold('CL1', [{ type: 'recurringRefund', amount: '-12.00' }], {
      type: 'cancellation',
    });
    const note = document('cn-1', [{ unit: '12' }], { kind: 'creditnote' });
    expect(audited([byApp(note)], {}, [refund])).toMatchObject({ ok: true });
  });

  it('leaves lines that somebody else wrote alone', () => {
    const foreign = document('hand', [{ unit: '7' }]);
    expect(audited([byApp(clean), byPerson(foreign)])).toMatchObject({ ok: true, drift: [] });
  });

  it('forgets what the app itself took back', () => {
    const gone = { ...clean, status: 'DELETED' };
    const undone = audited([byApp(clean), byApp(gone, clean)], { undone: [{ order: 'SO1' }] });
    expect(undone).toMatchObject({ ok: true });
  });

  it('keeps two resellers and two organisations apart', () => {
    const other = { ...document('other', [{ unit: '1' }]), tenantId: 'another' };
    expect(audited([byApp(clean), byApp(other)])).toMatchObject({ ok: true });
    expect(audited([byApp(clean)], { reseller: 'another' }).ok).toBe(false);
  });
});

describe('a seeded fault', () => {
  it('missing: a charge without a line', () => {
    const short = document('inv-1', [{ text: 'Product p1 (setup), 1', unit: '50' }]);
    const found = audited([byApp(short)]);
    expect(found.differences).toEqual([
      {
        kind: 'missing',
        order: 'SO1',
        charge: 'recurring: Product p1, recurring fee',
        expected: '29.7 AUD for contact-1',
        found: 'no line',
      },
    ]);
    expect(found.sums).toMatchObject([{ expected: '79.7', found: '50', agrees: false }]);
  });

  it('extra: a line without a charge', () => {
    expect(kinds([clean, document('inv-2', [{ text: 'Product p1', unit: '3.33' }])])).toEqual([
      'extra',
    ]);
  });

  it('twice: the same charge on a second document', () => {
    expect(kinds([clean, document('inv-2', [{ text: 'Product p1, 3', unit: '29.7' }])])).toEqual([
      'twice',
    ]);
  });

  it('twice: one mark on two lines', () => {
    const marked = document('inv-1', [
      { text: 'Product p1 (setup), 1', unit: '50', mark: 'LP0000000000000001' },
      { text: 'Product p1, 3', quantity: '3', unit: '9.9', mark: 'LP0000000000000001' },
    ]);
    expect(kinds([marked])).toEqual(['twice']);
  });

  it('amount: one cent off', () => {
    const off = document('inv-1', [
      { text: 'Product p1 (setup), 1', unit: '50' },
      { text: 'Product p1, 3', unit: '29.71' },
    ]);
    expect(kinds([off])).toEqual(['amount']);
  });

  it('contact: on somebody else’s invoice', () => {
    expect(kinds([{ ...clean, contactId: 'contact-2' }])).toEqual(['contact', 'contact']);
  });

  it('currency: the right figure in the wrong money', () => {
    expect(kinds([{ ...clean, currencyCode: 'USD' }])).toEqual(['currency', 'currency']);
  });

  it('sign: a credit that charges', () => {
    const refund = sold('CL1', [{ type: 'recurringRefund', amount: '-12.00' }]);
    expect(kinds([document('inv-1', [{ unit: '12' }])], [refund])).toEqual(['sign']);
  });

  it('sign: a credit note whose signs were not turned', () => {
    const refund = sold('CL1', [{ type: 'recurringRefund', amount: '-12.00' }]);
    const note = document('cn-1', [{ unit: '-12' }], { kind: 'creditnote' });
    expect(kinds([note], [refund])).toEqual(['sign', 'sign']);
  });

  it('sign: a refund on an invoice where refunds have credit notes', () => {
    const mixed = sold('CH1', [
      { amount: '20.00' },
      { type: 'downgrade', product: 'p2', amount: '-5.00' },
    ]);
    const invoice = document('inv-1', [{ unit: '20' }, { text: 'Product p2', unit: '-5' }]);
    const settings = { ...books().settings, refunds: 'credit-note' as const };
    expect(audited([byApp(invoice)], { settings }, [mixed]).differences).toMatchObject([
      { kind: 'sign', order: 'CH1', expected: 'on a creditnote' },
    ]);
  });

  it('unexpected: a line for what must not be billed, with the reason', () => {
    const paid = sold('SO2', [{ type: 'payment', amount: '-30.00' }]);
    const line = document('inv-2', [{ unit: '-30' }, { unit: '0.01' }]);
    const found = audited([byApp(clean), byApp(line)], {}, [order, paid]).differences;
    expect(found).toContainEqual(
      expect.objectContaining({ kind: 'unexpected', expected: 'no line: money that moves' }),
    );
  });

  it('unexpected: a group torn apart', () => {
    const first = document('inv-1', [{ text: 'Product p1 (setup), 1', unit: '50' }]);
    const second = document('inv-2', [{ text: 'Product p1, 3', unit: '29.7' }]);
    expect(kinds([first, second])).toEqual(['unexpected']);
  });

  it('missing and extra: the right amount for the wrong month', () => {
    const run = (number: string, day: string) =>
      sold(number, [{ amount: '29.70' }], {
        type: 'unknown',
        creationDate: `${day}T02:00:00Z`,
      });
    const lines = (day: string) => ({ text: `Product p1, 3, ${day} - 2026-12-31`, unit: '29.7' });
    const both = [run('BO1', '2026-11-05'), run('BO2', '2026-12-05')];
    const right = document('inv-1', [lines('2026-11-05'), lines('2026-12-05')]);
    expect(kinds([right], both)).toEqual([]);
    const wrong = document('inv-1', [lines('2026-11-05'), lines('2026-11-05')]);
    expect(kinds([wrong], both)).toEqual(['missing', 'twice']);
  });

  it('amount: a document that is not the sum of its lines', () => {
    expect(kinds([{ ...clean, total: '79.71' }])).toEqual(['amount']);
    expect(kinds([{ ...clean, subTotal: '1', total: '1' }])).toEqual(['amount', 'amount']);
  });
});

describe('what a person did afterwards', () => {
  const edited = document('inv-1', [
    { text: 'Product p1 (setup), 1', unit: '45' },
    { text: 'Product p1, 3, 2026-11-10 - 2026-12-09', quantity: '3', unit: '9.9' },
  ]);

  it('is drift, not our fault, when they edited a line', () => {
    const found = audited([byApp(clean), byPerson(edited, clean)]);
    expect(found).toMatchObject({ ok: true, drift: [{ document: 'INV-1' }] });
  });

  it('is drift when they deleted a line, voided the document or gave it to another contact', () => {
    const [first] = clean.lines;
    const shorter = { ...clean, lines: first === undefined ? [] : [first] };
    const sums = { subTotal: '50', total: '50' };
    for (const after of [
      { ...shorter, ...sums },
      { ...clean, status: 'VOIDED' },
      { ...clean, contactId: 'contact-2' },
    ]) {
      const found = audited([byApp(clean), byPerson(after, clean)]);
      expect(found.ok).toBe(true);
      expect(found.drift.length).toBeGreaterThan(0);
    }
  });

  it('is given back as it stands when the line is corrected after that', () => {
    const [setup] = edited.lines;
    const correction = document('inv-2', [
      { text: 'Correction of INV-1', unit: '-45' },
      { text: 'Product p1 (setup), 1', unit: '50' },
    ]);
    const history = [byApp(clean), byPerson(edited, clean), byApp(correction)];
    expect(setup?.lineAmount).toBe('45');
    expect(audited(history)).toMatchObject({ ok: true });
    const asItWas = document('inv-2', [
      { text: 'Correction of INV-1', unit: '-50' },
      { text: 'Product p1 (setup), 1', unit: '50' },
    ]);
    expect(audited([byApp(clean), byPerson(edited, clean), byApp(asItWas)]).ok).toBe(false);
  });

  it('does not excuse the app when it writes the charge again after that, and again', () => {
    const voided = { ...clean, status: 'VOIDED' };
    const again = (id: string) =>
      document(id, [
        { text: 'Product p1 (setup), 1', unit: '50' },
        { text: 'Product p1, 3', quantity: '3', unit: '9.9' },
      ]);
    const history = [byApp(clean), byPerson(voided, clean), byApp(again('inv-2'))];
    expect(audited(history).ok).toBe(true);
    const third = audited([...history, byApp(again('inv-3'))]);
    expect(third.differences.map(({ kind }) => kind)).toEqual(['twice', 'twice']);
  });

  it('stays drift when the app later writes the document with their words in it', () => {
    const longer = document('inv-1', [
      { text: 'Product p1 (setup), 1', unit: '45' },
      { text: 'Product p1, 3, 2026-11-10 - 2026-12-09', quantity: '3', unit: '9.9' },
      { text: 'Product p2, 1', unit: '8' },
    ]);
    const second = sold('SO2', [{ product: 'p2', amount: '8.00' }]);
    const history = [byApp(clean), byPerson(edited, clean), byApp(longer, edited)];
    expect(audited(history, {}, [order, second])).toMatchObject({
      ok: true,
      drift: [{ document: 'INV-1' }],
    });
  });
});
