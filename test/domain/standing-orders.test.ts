import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { orderTypeSchema, orderTypes } from '../../server/domain/order.ts';
import type { PlanLine } from '../../server/domain/plan.ts';
import { defaultSettings, exportFields, settingsSchema } from '../../server/domain/settings.ts';
import { classOf } from '../../server/marketplaces/cloudblue/detail-classes.ts';
import { evaluateOrder } from '../../server/sync/plan/evaluate.ts';
import { openLineMarker } from '../../server/sync/plan/open-lines.ts';
import { changesOf } from '../../server/sync/write-plan.ts';
import { type MadeWorld, type Plain, type PlainCharge, planWorld } from '../kit/plan-world.ts';
import { type Row, readPairs, readTable } from './table.ts';

const columns = ['case', 'order', 'details', 'after', 'open', 'settings', 'expected'];
const rows = readTable(new URL('standing-orders.md', import.meta.url), columns);
const detailForm =
  /^(\w+) (-?[\d.]+) x (-?[\d.]+) = (-?[\d.]+)(?: share ([\d.]+))?(?: cost ([\d.]+))?$/;
const month = { start: '2026-11-01', end: '2026-12-01' };
const part = { start: '2026-11-16', end: '2026-12-01' };

describe('an order becomes lines that stand', () => {
  it.each(rows.map((row) => [row.case ?? '', row] as const))('%s', (_name, row) => {
    expect(outcomeOf(worldOf(row))).toBe(row.expected);
  });

  it('has a row for every order type of the marketplace', () => {
    const sold = orderTypes.filter((type) => type !== 'own' && type !== 'part' && type !== 'blend');
    expect(new Set(rows.map(({ order }) => order))).toEqual(new Set(sold));
    expect(new Set(rows.map((row) => row.case)).size).toBe(rows.length);
  });
});

describe('several orders of one subscription', () => {
  const steps = (orders: NonNullable<Plain['orders']>) => {
    const { plan } = standingWorld({ orders, after: '8 x 9.9' });
    const { plans } = plan();
    expect(plans.map(({ documentKind }) => documentKind)).toEqual(['contract']);
    return plans.flatMap(changesOf).filter(({ change }) => change === 'stand');
  };
  const renewed = (id: string, quantity: string, start: string) => ({
    id,
    type: 'renewal' as const,
    placedOn: start,
    charges: [
      {
        quantity,
        unitPrice: '10',
        amount: `${Number(quantity) * 10}`,
        period: { start, end: start },
      },
    ],
  });

  it('are steps of one line, in the order of their days', () => {
    const [line, ...others] = steps([
      renewed('o1', '5', '2026-11-10'),
      renewed('o2', '8', '2026-11-20'),
    ]);
    expect(others).toEqual([]);
    expect(line).toMatchObject({
      lineId: null,
      steps: [
        { from: '2026-11-10', quantity: '5' },
        { from: '2026-11-20', quantity: '8' },
      ],
    });
  });

  it('are one step where they are of one day', () => {
    const [line] = steps([renewed('o1', '5', '2026-11-10'), renewed('o2', '8', '2026-11-10')]);
    expect(line).toMatchObject({ steps: [{ from: '2026-11-10', quantity: '8' }] });
  });
});

describe('changes of seats that come to nothing together', () => {
  const changed = (id: string, detailType: string, amount: string) => ({
    id,
    type: 'change' as const,
    placedOn: '2026-11-16',
    charges: [
      {
        detailType,
        class: classOf(detailType),
        quantity: '2',
        unitPrice: '9.9',
        amount,
        share: '0.5',
        period: part,
      },
    ],
  });
  const changesWith = (seatChanges: 'lines' | 'net') => {
    const { plan } = standingWorld({
      orders: [changed('o1', 'switch', '9.9'), changed('o2', 'downgrade', '-9.9')],
      after: '3 x 9.9',
      open: '3 x 9.9',
      settings: { ...defaultSettings, seatChanges },
    });
    return plan().plans.flatMap(changesOf);
  };
  const once = (seatChanges: 'lines' | 'net') =>
    changesWith(seatChanges).filter(({ change }) => change === 'add').length;

  it('are a charge and its opposite, or left out where the setting says so', () => {
    expect([once('lines'), once('net')]).toEqual([2, 0]);
  });

  it('leave the open line at what is left after the last one', () => {
    const steps = changesWith('net').flatMap((one) => (one.change === 'stand' ? one.steps : []));
    expect(steps.at(-1)).toMatchObject({ from: '2026-12-01', quantity: '3' });
  });
});

const withFlags = (pairs: Record<string, string>): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(pairs).map(([name, value]) => [
      name,
      name === 'marginFloor'
        ? floorIn(value)
        : value === 'true' || (value === 'false' ? false : value),
    ]),
  );
function floorIn(text: string): object {
  const [mode, percent] = text.split(' ');
  return { mode, percent: Number(percent) };
}

function worldOf(row: Row): MadeWorld {
  const settings = v.parse(settingsSchema, {
    ...defaultSettings,
    ...withFlags(readPairs(row.settings ?? '')),
  });
  const order = {
    type: v.parse(orderTypeSchema, row.order),
    charges: (row.details ?? '').split('; ').map(chargeIn),
  };
  return standingWorld({
    orders: [order],
    after: row.after ?? '',
    open: row.open ?? '-',
    settings,
  });
}

function standingWorld({
  after,
  open = '-',
  ...plain
}: Plain & { after: string; open?: string }): MadeWorld {
  const [quantity = '1', unitPrice = '1'] = after.split(' x ');
  const whole: Plain = {
    ...plain,
    manifest: {
      kind: 'standing',
      standing: {
        document: 'contract',
        wholeUnits: true,
        wholePeriods: false,
        exports: [...exportFields],
      },
    },
    items: [{ id: 'i1', price: null }],
    mappings: [{ productKey: 'p1', targetId: 'i1' }],
    subscriptions: [
      {
        products: [
          {
            productId: 'p1',
            partNumber: null,
            name: 'Seat',
            quantity,
            unitPrice,
            unitCost: null,
            currency: 'AUD',
          },
        ],
      },
    ],
  };
  if (open === '-') return planWorld(whole);
  const { world } = planWorld(whole);
  const charge = world.order('o1')?.charges[0];
  if (charge === undefined) throw new Error('the world has no order');
  const [openQuantity = '', openPrice = ''] = open.split(' x ');
  const amount = { amountMinor: 0n, currency: 'AUD' };
  return planWorld({
    ...whole,
    documents: [
      {
        id: 'k1',
        kind: 'contract',
        state: 'running',
        lines: [
          {
            id: 'service:1',
            description: 'Seat',
            quantity: openQuantity,
            unitPrice: openPrice,
            discount: null,
            itemCode: null,
            accountCode: null,
            taxType: null,
            tracking: [],
            amount,
            tax: null,
            marker: openLineMarker(world, 's1', charge),
            raw: null,
          },
        ],
      },
    ],
  });
}

function chargeIn(text: string): PlainCharge {
  const [, detailType, quantity, unitPrice, amount, share, cost] = detailForm.exec(text) ?? [];
  if (detailType === undefined || quantity === undefined || amount === undefined)
    throw new Error(`not a detail: ${text}`);
  return {
    detailType,
    class: classOf(detailType),
    quantity,
    amount,
    unitPrice: unitPrice ?? null,
    share: share ?? '1',
    ...(cost === undefined ? {} : { cost }),
    period: share === undefined ? month : part,
  };
}

/** What became of each charge, in words. */
function outcomeOf({ world, plan }: MadeWorld): string {
  const order = world.order('o1');
  if (order === null) throw new Error('the world has no order');
  const groups = evaluateOrder(world, order);
  const lines = plan()
    .plans.filter(({ ref }) => !ref.startsWith('blocked:'))
    .flatMap((one) => one.lines);
  return order.charges
    .map(({ key }) => {
      const group = groups.find(({ chargeKeys }) => chargeKeys.includes(key));
      const left = group?.left.find(({ chargeKey }) => chargeKey === key);
      if (left !== undefined) return `left ${left.reason}`;
      if (group === undefined || group.needs.length > 0)
        return `asks ${group?.needs.map(({ code }) => code).join(' and ') ?? 'nobody'}`;
      return lines
        .filter(({ chargeKey }) => chargeKey === key)
        .map(inWords)
        .join(' and ');
    })
    .join('; ');
}

function inWords({ content, stands, sets }: PlanLine): string {
  const said = `${content.quantity} x ${content.unitPrice}`;
  if (stands !== undefined) return `stands ${said} from ${stands.from}`;
  if (sets === undefined) return `charge ${said}`;
  return `charge ${said} then ${sets.content.quantity} x ${sets.content.unitPrice} from ${sets.from}`;
}
