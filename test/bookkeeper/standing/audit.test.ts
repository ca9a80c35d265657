import { describe, expect, it } from 'vitest';
import type { Books } from '../books.ts';
import type { JournalEntry } from '../journal-entry.ts';
import { began, books, ended, sold } from '../journals.ts';
import { auditStanding } from './audit.ts';
import { readAutotask } from './autotask-journal.ts';
import type { Known } from './held.ts';
import { adjustment, charge, contract, deleted, known, service } from './journals.ts';

const sale = sold('SO1', [
  { type: 'setup', amount: '50.00', description: 'Product p1, setup fee' },
  { quantity: 3, unit: '9.90', amount: '29.70' },
]);
const start = began('s1', '2026-11-10', '2027-11-10');
const opened = [charge(1, '50'), service(7), adjustment(7, '2026-11-10', 3, '9.9')] as const;
/** Five seats from the next period, and the rest of this one. */
const more = sold(
  'CH1',
  [{ quantity: 2, unit: '9.90', amount: '9.90', duration: { type: 'month', duration: 0.5 } }],
  {
    type: 'change',
    creationDate: '2026-11-25T00:00:00Z',
    products: [
      {
        id: 'p1',
        mpn: 'mpn-p1',
        name: 'Product p1',
        quantity: '5',
        extendedPrice: { currency: 'AUD', amount: '49.50' },
        billingPeriod: { type: 'month', duration: '1' },
        subscriptionId: 's1',
      },
    ],
  },
);
const grown = [
  charge(2, '4.95', { quantity: '2', text: 'Product p1, 2' }),
  adjustment(7, '2026-12-10', 2, '9.9'),
];

const cancelled = sold('CL1', [], {
  type: 'cancellation',
  creationDate: '2026-11-26T00:00:00Z',
  total: { currency: 'AUD', amount: '0' },
});
const refunded = sold(
  'CL2',
  [{ type: 'recurringRefund', quantity: 3, unit: '9.90', amount: '-9.90' }],
  { type: 'cancellation', creationDate: '2026-11-26T00:00:00Z' },
);

const audited = (
  system: readonly JournalEntry[],
  {
    orders = [start, sale],
    changes = {},
    before = known(),
  }: { orders?: readonly JournalEntry[]; changes?: Partial<Books>; before?: Known } = {},
) =>
  auditStanding({
    marketplace: orders,
    held: readAutotask(system, before),
    books: books({ products: [{ product: 'p1', item: '100' }], ...changes }),
  });
const kinds = (...given: Parameters<typeof audited>): string[] =>
  audited(...given).differences.map(({ kind }) => kind);
const setting = (settings: Partial<Books['settings']>) => ({
  settings: { ...books().settings, ...settings },
});

describe('the bookkeeper on open lines', () => {
  it('finds no difference where each stands once, and says what they come to', () => {
    const found = audited(opened, { changes: { today: '2026-11-23' } });
    expect(found.differences).toEqual([]);
    expect(found.sums).toEqual([
      { contact: 'contact-1', currency: 'AUD', once: '50', perPeriod: '29.7' },
    ]);
  });

  it('wants the rest of a period once, and the line changed from the next one', () => {
    const orders = [start, sale, more];
    expect(kinds([...opened, ...grown], { orders })).toEqual([]);
    expect(kinds([...opened], { orders })).toEqual(['amount', 'missing']);
  });

  it('lets a second change of one day be late as long as the vendor makes it wait, and no longer', () => {
    const again = sold(
      'CH2',
      [{ quantity: 3, unit: '9.90', amount: '5.94', duration: { type: 'month', duration: 0.2 } }],
      {
        type: 'change',
        creationDate: '2026-12-04T00:00:00Z',
        products: [
          {
            id: 'p1',
            mpn: 'mpn-p1',
            name: 'Product p1',
            quantity: '8',
            extendedPrice: { currency: 'AUD', amount: '79.20' },
            billingPeriod: { type: 'month', duration: '1' },
            subscriptionId: 's1',
          },
        ],
      },
    );
    const part = charge(3, '1.98', { quantity: '3', text: 'Product p1, 3' });
    const late = (day: string) => [...opened, ...grown, part, adjustment(7, day, 3, '9.9')];
    const orders = [start, sale, more, again];
    expect(kinds(late('2026-12-11'), { orders })).toEqual([]);
    expect(kinds(late('2026-12-14'), { orders })).toEqual(['amount']);
  });

  it('wants nothing once for a part that the system works out, and the line changed at once', () => {
    const changes = setting({ proration: 'system' });
    const orders = [start, sale, more];
    const own = adjustment(7, '2026-11-25', 2, '9.9');
    expect(kinds([...opened, own], { orders, changes })).toEqual([]);
    const [part] = grown;
    expect(kinds([...opened, own, ...(part ? [part] : [])], { orders, changes })).toEqual([
      'extra',
    ]);
  });

  it('ends a line with the period that is paid, whether money is given back or not', () => {
    const orders = [
      start,
      sale,
      sold('CL1', [], {
        type: 'cancellation',
        creationDate: '2026-11-20T00:00:00Z',
        total: { currency: 'AUD', amount: '0' },
      }),
    ];
    expect(kinds([...opened, adjustment(7, '2026-12-10', -3, '9.9')], { orders })).toEqual([]);
    expect(kinds([...opened], { orders })).toEqual(['amount']);
  });

  it('ends the line of a subscription that ran out without an order', () => {
    const orders = [start, sale, ended('s1', '2026-11-10', '2027-11-10')];
    expect(kinds([...opened, adjustment(7, '2027-11-10', -3, '9.9')], { orders })).toEqual([]);
    expect(kinds([...opened], { orders })).toEqual(['amount']);
  });

  it('lets the order that was completed last say what the line is, also where it was placed first', () => {
    const change = (id: string, day: string, quantity: string) =>
      sold(
        id,
        [
          {
            quantity: 1,
            unit: '9.90',
            amount: '4.95',
            duration: { type: 'month', duration: 0.5 },
            description: `Product p1, ${quantity}`,
          },
        ],
        {
          type: 'change',
          creationDate: `${day}T00:00:00Z`,
          products: [
            {
              id: 'p1',
              mpn: 'mpn-p1',
              name: 'Product p1',
              quantity,
              extendedPrice: { currency: 'AUD', amount: String(Number(quantity) * 9.9) },
              billingPeriod: { type: 'month', duration: '1' },
              subscriptionId: 's1',
            },
          ],
        },
      );
    const orders = [
      start,
      sale,
      change('CH2', '2026-11-26', '5'),
      change('CH1', '2026-11-25', '4'),
    ];
    const parts = [
      charge(2, '4.95', { text: 'Product p1, 4' }),
      charge(3, '4.95', { text: 'Product p1, 5' }),
    ];
    const step = (more: number) => adjustment(7, '2026-12-10', more, '9.9');
    expect(kinds([...opened, ...parts, step(1)], { orders })).toEqual([]);
    expect(kinds([...opened, ...parts, step(2)], { orders })).toEqual(['amount']);
  });

  it('lets a change that took longer than the end of its subscription take nothing up again', () => {
    const orders = [start, sale, cancelled, more];
    const [part] = grown;
    const end = adjustment(7, '2026-12-10', -3, '9.9');
    expect(kinds([...opened, ...(part ? [part] : []), end], { orders })).toEqual([]);
  });

  it('lets a line run on whose cancellation was taken back', () => {
    const orders = [start, sale, refunded];
    const changes = { undone: [{ order: 'CL2' }] };
    expect(kinds([...opened], { orders, changes })).toEqual([]);
  });

  it('takes a charge and what gave it back on its contract for nothing', () => {
    const back = charge(2, '-50', { text: 'Correction of SO1' });
    const changes = { undone: [{ order: 'SO1', detail: 'setup' }] };
    expect(kinds([...opened, back], { changes })).toEqual([]);
    expect(kinds([...opened, back])).toEqual(['missing']);
  });

  it('looks for a line where it goes on after somebody ended its contract', () => {
    const mark = 'LP0000000000000007';
    const again = [service(8, { mark, on: 2 }), adjustment(8, '2026-11-10', 3, '9.9')];
    const [, ...rest] = opened;
    const moved = [charge(1, '50', { on: 2 }), ...rest, ...again];
    const those = (isOpen: boolean) => known(contract({ isOpen }), contract({ id: '2' }));
    expect(kinds(moved, { before: those(false) })).toEqual([]);
    expect(kinds(moved, { before: those(true) })).toContain('twice');
  });

  it('takes a service that was made again for the one that a person had deleted', () => {
    const mark = 'LP0000000000000007';
    const again = [service(8, { mark }), adjustment(8, '2026-12-10', 3, '9.9')];
    expect(kinds([...opened, deleted(7), ...again])).toEqual([]);
    expect(kinds([...opened, ...again])).toEqual(['twice', 'extra']);
  });

  it('leaves lines and changes alone that somebody else made', () => {
    const byHand = adjustment(7, '2026-12-15', 1, '9.9', 'person');
    const found = audited([...opened, byHand, charge(9, '7', { by: 'person', text: 'Labour' })]);
    expect(found.differences).toEqual([]);
    expect(found.drift).toMatchObject([{ document: '1' }]);
  });
});

describe('a seeded fault in an open line', () => {
  it('missing: no line, no one-off charge', () => {
    expect(kinds([])).toEqual(['missing', 'missing']);
  });

  it('amount: an adjustment repeated, a price off, a day off', () => {
    const with_ = (...steps: JournalEntry[]) => kinds([charge(1, '50'), service(7), ...steps]);
    const right = adjustment(7, '2026-11-10', 3, '9.9');
    expect(with_(right, adjustment(7, '2026-11-11', 3, '9.9'))).toEqual(['amount']);
    expect(with_(adjustment(7, '2026-11-10', 3, '9.91'))).toEqual(['amount']);
    expect(with_(adjustment(7, '2026-11-09', 3, '9.9'))).toEqual(['amount']);
  });

  it('amount: a group half done', () => {
    const orders = [start, sale, more];
    const [part, step] = grown;
    expect(kinds([...opened, ...(step ? [step] : [])], { orders })).toEqual(['missing']);
    expect(kinds([...opened, ...(part ? [part] : [])], { orders })).toEqual(['amount']);
  });

  it('extra and twice: a second service, a second charge, one mark on two', () => {
    const again = [service(8), adjustment(8, '2026-11-10', 3, '9.9')];
    expect(kinds([...opened, ...again])).toEqual(['extra']);
    expect(kinds([...opened, charge(2, '50')])).toEqual(['twice']);
    const mark = 'LP0000000000000001';
    expect(kinds([...opened, charge(2, '50', { mark, by: 'app' })])).toEqual(['twice', 'twice']);
  });

  it('amount: a charge a cent off, and one that the app changed afterwards', () => {
    const [, ...rest] = opened;
    expect(kinds([charge(1, '50.01'), ...rest])).toEqual(['amount']);
    expect(kinds([...opened, charge(1, '51', { verb: 'changed' })])).toEqual(['amount']);
  });

  it('extra: a line that was to be opened by nobody', () => {
    expect(kinds([...opened], { orders: [] })).toEqual(['extra', 'extra']);
  });

  it('unexpected: the wrong billing period, before the contract begins, on two contracts', () => {
    const yearly = known(contract({ months: 12 }));
    expect(kinds([...opened], { before: yearly })).toEqual(['unexpected']);
    const later = known(contract({ from: '2026-11-11' }));
    expect(kinds([...opened], { before: later })).toEqual(['unexpected']);
    const two = known(contract(), contract({ id: '2' }));
    const [, ...rest] = opened;
    expect(kinds([charge(1, '50', { on: 2 }), ...rest], { before: two })).toEqual(['unexpected']);
  });

  it('missing and extra: for another company or in another currency', () => {
    const other = known(contract({ contact: 'contact-2' }));
    expect(kinds([...opened], { before: other })).toEqual(['missing', 'extra', 'contact']);
    const dollars = known(contract({ currency: 'USD' }));
    expect(kinds([...opened], { before: dollars })).toEqual(['missing', 'extra', 'currency']);
  });
});
