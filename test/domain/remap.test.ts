import { describe, expect, it } from 'vitest';
import { date } from '../../server/domain/dates.ts';
import { tenantKey } from '../../server/domain/ids.ts';
import type { Remap } from '../../server/domain/mapping.ts';
import { foreseeCorrection } from '../../server/sync/correct/foresee.ts';
import { worldOf } from '../../server/sync/plan/world.ts';
import { type Plain, planManifest, planWorld } from '../kit/plan-world.ts';
import { testCrypto } from '../kit/test-crypto.ts';
import { type Row, readPairs, readTable } from './table.ts';

const rows = readTable(new URL('remap.md', import.meta.url), [
  'case',
  'corrected',
  'since',
  'line',
  'moves',
]);
const marker = 'LP0000000000000001';
const customer: Remap['of'] = { kind: 'customer', customerId: 'cust1' };
const product: Remap['of'] = { kind: 'product', productKey: 'p1', fee: null };

describe('a mapping that is corrected since a day', () => {
  it.each(rows.map((row) => [row.case ?? '', row] as const))('%s', (_name, row) => {
    const found = foreseenOf(row);
    const [stays] = found.kept;
    if (row.moves === 'yes') {
      expect(found.takes).toHaveLength(1);
      expect(found.plans.flatMap(({ lines }) => lines.map(({ chargeKey }) => chargeKey))).toEqual([
        'o1-1',
      ]);
      // The new line is the charge's next generation: a mark of its own.
      expect(found.plans[0]?.lines[0]?.portion.generation).toBe(2);
    } else {
      expect([found.takes, found.plans]).toEqual([[], []]);
      expect(stays?.how.can === false ? stays.how.why : 'no').toBe(row.moves);
    }
  });

  it('names what was seen: another day, target or document is another correction', () => {
    const row = rows[0] ?? {};
    const { seen } = foreseenOf(row);
    expect(foreseenOf(row).seen).toBe(seen);
    expect(foreseenOf({ ...row, since: '2026-10-31' }).seen).not.toBe(seen);
    expect(foreseenOf({ ...row, line: `${row.line}, document=paid` }).seen).not.toBe(seen);
  });
});

function foreseenOf(row: Row) {
  const told = readPairs(row.line ?? '-');
  const { reader, world } = planWorld(plainOf(told));
  const { connection, manifest } = world;
  const isCustomer = row.corrected === 'customer';
  return foreseeCorrection({
    reader,
    worldIn: (of) =>
      worldOf({
        reader: of,
        tenantId: tenantKey('m', 't1'),
        connection,
        manifest,
        crypto: testCrypto,
        nowMs: Date.parse('2026-11-23T10:00:00Z'),
      }),
    remap: {
      of: isCustomer ? customer : product,
      was: isCustomer ? 'co1' : 'i1',
      is: isCustomer ? 'co2' : 'i2',
      since: date(row.since ?? ''),
    },
  });
}

function plainOf(told: Readonly<Record<string, string>>): Plain {
  const period = told.period === undefined ? null : { start: told.period, end: '2026-12-01' };
  const productKey = told.product ?? 'p1';
  const state = stateOf(told.document);
  return {
    settings: { accountCode: '200' },
    ...(told.kind === 'standing' ? { manifest: { ...planManifest, kind: 'standing' } } : {}),
    ...(told.right === 'archived' ? { companies: [{}, { id: 'co2', archived: true }] } : {}),
    orders: [{ placedOn: '2026-11-02', charges: [{ period, productId: productKey }] }],
    documents: [
      {
        state,
        companyId: told.company ?? 'co1',
        lines: [
          {
            id: 'line-o1-1',
            description: 'Seat',
            quantity: '1',
            unitPrice: '10',
            discount: null,
            amount: { amountMinor: 1000n, currency: 'AUD' },
            itemCode: `CODE-${told.item ?? 'i1'}`,
            accountCode: '200',
            taxType: null,
            tax: { amountMinor: 0n, currency: 'AUD' },
            raw: null,
            tracking: [],
            marker,
          },
        ],
      },
    ],
    links: [
      { period, productKey, marker, state: told.state === 'freed' ? 'freed' : 'live' },
      ...(told.reversed === 'yes' ? [{ sign: -1 as const, documentId: 'd2' }] : []),
    ],
  };
}

const stateOf = (text: string | undefined): 'draft' | 'paid' | 'deleted' =>
  text === 'paid' || text === 'deleted' ? text : 'draft';
