import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { date } from '../../server/domain/dates.ts';
import { type Intent, intentSchema } from '../../server/domain/intent.ts';
import { closingAfter } from '../../server/sync/plan/destination.ts';
import { linkTo } from '../kit/link-to.ts';
import { type Plain, planWorld } from '../kit/plan-world.ts';

const targets = (plain: Plain): string[] =>
  planWorld({ orders: [{}], ...plain })
    .plan()
    .plans.map(({ target, purpose, needs }) =>
      [
        target.kind === 'existing' ? target.documentId : `new ${purpose}`,
        ...needs.map(({ code }) => code),
      ].join(' '),
    );
const decided = (documentId: string | null): NonNullable<Plain['decisions']> => [
  { scope: { kind: 'order', orderId: 'o1' }, value: { kind: 'document', documentId } },
];

/** A change of a document, such as an undo, whose answer never came. */
const lostChange = ({
  state,
  documentId,
}: {
  state: Intent['state'];
  documentId: string;
}): Intent =>
  v.parse(intentSchema, {
    id: 'intent-1',
    connectionId: 'c1',
    runId: 'run-1',
    element: {
      ref: `undo:${documentId}`,
      kind: 'document-change',
      batch: 'b',
      body: '{}',
      documentId,
      marker: '',
      touchedAt: null,
      lineMarkers: [],
    },
    bodyHash: '',
    idempotencyKey: '',
    before: null,
    plan: null,
    mappingId: null,
    frees: [],
    lookAt: 'INV-1',
    state,
    by: { kind: 'app' },
    sentAt: '2026-11-23T09:00:00.000Z',
    hungUpAt: null,
    failure: null,
    attempts: 1,
  });

describe('where a group goes', () => {
  it('is the latest invoice of the customer in its currency that is still open', () => {
    const documents = [
      { id: 'old', date: '2026-11-01' },
      { id: 'new', date: '2026-11-12' },
      { id: 'dollars', date: '2026-11-20', currency: 'USD' },
      { id: 'theirs', date: '2026-11-20', companyId: 'co2' },
      { id: 'foreign', date: '2026-11-21', ours: false },
      { id: 'yearly', date: '2026-11-21', marker: 'LDYAAAAAAAAAAA' },
      { id: 'note', date: '2026-11-21', kind: 'creditNote' as const },
    ];
    expect(targets({ documents })).toEqual(['new']);
    expect(targets({ documents: [{ id: 'submitted', state: 'submitted' }] })).toEqual([
      'submitted',
    ]);
  });

  it('is a new one where none can grow any more', () => {
    for (const state of ['approved', 'paid', 'voided', 'deleted'] as const)
      expect(targets({ documents: [{ state }] })).toEqual(['new running']);
    expect(targets({ documents: [{ locked: 'paid' }] })).toEqual(['new running']);
  });

  it('waits for a person where the setting holds a closed one, until they say new', () => {
    const plain: Plain = { settings: { whenClosed: 'hold' }, documents: [{ state: 'approved' }] };
    expect(targets(plain)).toEqual(['new running document-closed']);
    const decisions: Plain['decisions'] = [
      {
        scope: { kind: 'customer', customerId: 'cust1' },
        value: { kind: 'accept', need: 'document-closed', seen: 'd1' },
      },
    ];
    expect(targets({ ...plain, decisions })).toEqual(['new running']);
    expect(targets({ ...plain, documents: [{ state: 'voided' }] })).toEqual(['new running']);
  });

  it('is what a person chose, unless it cannot take the lines', () => {
    const documents = [{ id: 'latest' }, { id: 'chosen', date: '2026-01-01' }];
    expect(targets({ documents, decisions: decided('chosen') })).toEqual(['chosen']);
    expect(targets({ documents, decisions: decided(null) })).toEqual(['new order']);
    for (const wrong of [{ currency: 'USD' }, { companyId: 'co2' }, { state: 'approved' as const }])
      expect(
        targets({
          documents: [{ id: 'latest' }, { id: 'chosen', ...wrong }],
          decisions: decided('chosen'),
        }),
      ).toEqual(['latest']);
  });

  it('is the invoice that its subscription was billed on by hand, while that can take it', () => {
    const linked = (byHand: object, settings: NonNullable<Plain['settings']> = {}): string[] =>
      targets({
        settings,
        subscriptions: [{ startDate: '2026-08-01' }],
        documents: [
          { id: 'latest' },
          { id: 'by-hand', date: '2026-10-01', ours: false, ...byHand },
        ],
        decisions: [
          {
            scope: { kind: 'subscription', subscriptionId: 's1', productKey: null },
            value: linkTo({ documentId: 'by-hand', lineId: 'l1' }),
          },
        ],
      });
    expect(linked({})).toEqual(['by-hand']);
    for (const wrong of [
      { currency: 'USD' },
      { companyId: 'co2' },
      { state: 'approved' },
      { locked: 'period' },
    ])
      expect(linked(wrong)).toEqual(['latest']);
    expect(linked({}, { invoice: 'per-order' })).toEqual(['new order']);
  });

  it('asks first what became of an earlier change of that very document', () => {
    const documents = [{ id: 'latest' }];
    const lost = (state: Intent['state'], documentId: string): string[] =>
      targets({ documents, intents: [lostChange({ state, documentId })] });
    expect(lost('unclear', 'latest')).toEqual(['latest outcome-unclear']);
    expect(lost('unclear', 'another')).toEqual(['latest']);
    expect(lost('unknown', 'latest')).toEqual(['latest']);
  });

  it('is the month’s draft until its closing day, then the next', () => {
    const settings = { invoice: 'monthly' as const, closingDay: 24 };
    const monthly = (purpose: string) => ({ settings, documents: [{ id: 'month', purpose }] });
    expect(targets(monthly('month:2026-11-24'))).toEqual(['month']);
    expect(targets(monthly('month:2026-11-23'))).toEqual(['new month']);
    expect(targets({ settings, documents: [{ id: 'month', marker: 'LDMAAAAAAAAAAA' }] })).toEqual([
      'month',
    ]);
  });

  it('closes on the first such day after a date', () => {
    expect(closingAfter(date('2026-11-23'), 28)).toBe('2026-11-28');
    expect(closingAfter(date('2026-11-23'), 23)).toBe('2026-12-23');
    expect(closingAfter(date('2026-12-31'), 1)).toBe('2027-01-01');
  });

  it('is one credit note a customer and currency, or one an order', () => {
    const orders = [
      { charges: [{ amount: '-1' }] },
      { id: 'o2', charges: [{ amount: '-2', subscriptionId: 's2' }] },
    ];
    expect(targets({ orders })).toEqual(['new credit']);
    expect(targets({ orders, settings: { invoice: 'per-order' } })).toEqual([
      'new credit',
      'new credit',
    ]);
  });
});
