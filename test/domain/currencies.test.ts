import * as v from 'valibot';
import { expect, it } from 'vitest';
import { amountText } from '../../server/domain/money.ts';
import { defaultSettings, settingsSchema } from '../../server/domain/settings.ts';
import { recompute } from '../bookkeeper/explain.ts';
import { type Plain, type PlainCharge, planWorld } from '../kit/plan-world.ts';
import { type Row, readTable } from './table.ts';

const columns = ['case', 'contact', 'charge', 'setting', 'rates', 'expected'];
const rows = readTable(new URL('currencies.md', import.meta.url), columns);

it.each(rows.map((row) => [row.case ?? '', row] as const))('%s', (_name, row) => {
  const made = planWorld(worldOf(row));
  const needs = made.tasks.flatMap(({ groups }) => groups.flatMap((group) => group.needs));
  if (needs.length > 0) {
    expect(needs.map(({ code }) => `asks ${code}`).join('; ')).toBe(row.expected);
    return;
  }
  const lines = made.plan().plans.flatMap((plan) =>
    plan.lines.map((line) => ({
      ...line,
      sign: plan.documentKind === 'creditNote' ? '-' : '',
      header: plan.target.kind === 'new' ? plan.target.header.currency : '',
    })),
  );
  for (const { explanation, amount, header } of lines) {
    expect(recompute(explanation)).toEqual({ amount: amountText(amount), problems: [] });
    expect(header).toBe(amount.currency);
  }
  expect(
    lines
      .map(
        ({ content, amount, sign }) =>
          `${amount.currency} ${content.quantity} x ${sign}${content.unitPrice} = ${sign}${amountText(amount)}`,
      )
      .join('; '),
  ).toBe(row.expected);
});

it('a person may give one order a document in its own currency', () => {
  const [row] = rows.filter(({ case: name }) => name === 'my rate begins later');
  const decisions: Plain['decisions'] = [
    {
      scope: { kind: 'order', orderId: 'o1' },
      value: { kind: 'accept', need: 'no-rate', seen: 'USD AUD' },
    },
  ];
  const { plan } = planWorld({ ...worldOf(row ?? {}), decisions });
  expect(plan().plans.map(({ after }) => after.currency)).toEqual(['USD']);
});

it('asks for the document’s currency where it is switched off, not for the order’s', () => {
  const [row] = rows.filter(({ case: name }) => name === "the order's rate");
  const asked = (currencies: string[]) =>
    planWorld({ ...worldOf(row ?? {}), reference: { currencies } })
      .plan()
      .plans.flatMap(({ needs }) => needs.map(({ code }) => code));
  expect(asked(['AUD'])).toEqual([]);
  expect(asked(['USD'])).toEqual(['currency-disabled']);
});

function worldOf(row: Row): Plain {
  const words = (row.charge ?? '-').split(' ');
  const after = (word: string, places = 1): string | undefined =>
    words.includes(word) ? words[words.indexOf(word) + places] : undefined;
  const isRefund = words.includes('refund');
  const share = after('share');
  const rate = after('rate');
  const charge: PlainCharge = {
    quantity: '3',
    unitPrice: null,
    amount: isRefund ? '-20' : '20',
    currency: 'USD',
    ...(share === undefined ? {} : { share: share === '-' ? null : share }),
    ...(rate === undefined
      ? {}
      : { exchange: { currency: after('rate', 2) ?? '', rate, on: '2026-11-10' } }),
  };
  return {
    settings: v.parse(settingsSchema, {
      ...defaultSettings,
      otherCurrency: row.setting,
      rates:
        row.rates === '-'
          ? []
          : row.rates?.split('; ').map((text) => {
              const [from, to, told, since] = text.split(' ');
              return { from, to, rate: told, since };
            }),
    }),
    companies: [{ currency: row.contact === '-' ? null : (row.contact ?? null) }],
    items: [{ id: 'i1', price: '9.9' }],
    orders: [{ type: 'change', charges: [charge] }],
    decisions: words.includes('typed')
      ? [
          {
            scope: { kind: 'charge', key: 'o1-1', revision: 'r1' },
            value: { kind: 'edit', edit: { unitPrice: '8' } },
          },
        ]
      : [],
  };
}
