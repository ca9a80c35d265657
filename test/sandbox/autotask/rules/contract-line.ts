import { decimal, decimalText } from '../../decimal.ts';
import { NumberText } from '../../json.ts';
import { internalOf } from '../billing/currency.ts';
import type { LineKind } from '../billing/line-kind.ts';
import { firstOpenDay } from '../billing/open-day.ts';
import { afterStep, timelineOf } from '../billing/timeline.ts';
import { dateValue, flagOf, type Row, type Value, wholeOf } from '../row.ts';
import { RECURRING_SERVICE } from '../schema/picklists.ts';
import type { World } from '../world.ts';
import type { Rules } from './work.ts';

const CHANGEABLE = ['adjustedPrice', 'invoiceDescription'];

/** A service or bundle on a contract; how many units it has say the adjustments (help: ContractServices). */
export const contractLineRules = (kind: LineKind): Rules => ({
  create: ({ world }, { values }) => {
    const offerId = values[kind.offerField];
    const offer = world.tables.get(kind.offers, typeof offerId === 'number' ? offerId : undefined);
    // What it costs before any adjustment; a later adjustedPrice acts from a day on.
    values.startingPrice = values.adjustedPrice ?? null;
    return [
      ...recurringErrors(world, values.contractID),
      ...(offer && !flagOf(offer, 'isActive') ? [`The ${kind.offerField} is not active.`] : []),
    ];
  },
  change: ({ world }, { row, values, changed }) => {
    for (const name of Object.keys(changed))
      if (!CHANGEABLE.includes(name)) values[name] = row.values[name] ?? null;
    const price = changed.adjustedPrice;
    const contract = world.tables.get('Contracts', wholeOf(row, 'contractID'));
    // The help does not say from when a changed price holds; here from the first day that is not posted.
    if (price instanceof NumberText && contract)
      world.tables.add(kind.adjustments, {
        values: {
          [kind.lineField]: row.id,
          effectiveDate: dateValue(firstOpenDay(world, kind, row, contract)),
          unitChange: 0,
          adjustedUnitPrice: price,
          isPriceEdit: true,
        },
        udfs: {},
      });
    return [];
  },
  derive: (world, row) => pricesOf(world, kind, row),
});

/** "contractID must reference a Recurring Service type Contract (Contract.ContractType = 7)" (help: ContractServices). */
export function recurringErrors(world: World, contractId: Value | undefined): string[] {
  const contract = world.tables.get(
    'Contracts',
    typeof contractId === 'number' ? contractId : undefined,
  );
  return contract && wholeOf(contract, 'contractType') === RECURRING_SERVICE
    ? []
    : ['The contractID must reference a Recurring Service type Contract.'];
}

/** The service's own price in the customer's currency, and both prices in the internal one; after every adjustment. */
function pricesOf(world: World, kind: LineKind, row: Row): Record<string, Value> {
  const contract = world.tables.get('Contracts', wholeOf(row, 'contractID'));
  const offer = world.tables.get(kind.offers, wholeOf(row, kind.offerField));
  if (!contract || !offer) return {};
  const { first, steps } = timelineOf(world, kind, row);
  const now = steps.reduce(afterStep, first);
  const listed = offer.values.unitPrice ?? new NumberText('0');
  return {
    unitPrice: listed,
    internalCurrencyUnitPrice:
      listed instanceof NumberText ? internalOf(world, contract, decimal(listed.text)) : null,
    internalCurrencyAdjustedPrice: internalOf(world, contract, now.price),
    ...(kind.adjustsPrice ? { unitCost: new NumberText(decimalText(now.cost)) } : {}),
    invoiceDescription: row.values.invoiceDescription ?? offer.values.invoiceDescription ?? null,
  };
}
