import { dateOf } from '../../calendar.ts';
import { decimal, negated, plus, times } from '../../decimal.ts';
import { NumberText } from '../../json.ts';
import {
  billedQuantity,
  daysIn,
  extendedPrice,
  shareOf,
  unitCostOf,
  unitPriceOf,
} from '../billing/addition.ts';
import { agreementStatus } from '../billing/agreement-status.ts';
import { billingStart, invoicedThrough, payerOf, periodAt } from '../billing/periods.ts';
import {
  amount,
  amountOf,
  dateOfField,
  dateValue,
  flagOf,
  type Row,
  textOf,
  type Value,
  wholeOf,
} from '../row.ts';
import type { World } from '../world.ts';
import { type FieldError, invalid, type Rules } from './work.ts';

export const additionRules: Rules = {
  create: ({ world }, { values }) => {
    const { agreementId, product } = values;
    const agreement = world.tables.get('Agreement', asId(agreementId));
    const item = world.tables.get('CatalogItem', asId(product));
    if (!agreement || !item) return [];
    values.quantity ??= new NumberText('1');
    values.lessIncluded ??= new NumberText('0');
    values.unitPrice ??= item.values.price ?? null;
    values.unitCost ??= item.values.cost ?? null;
    values.taxableFlag ??= item.values.taxableFlag ?? null;
    values.description ??= item.values.description ?? null;
    values.invoiceDescription ??= item.values.customerDescription ?? null;
    values.effectiveDate ??= dateValue(dateOf(world.nowMs()));
    return [...classErrors(item), ...dateErrors(world, agreement, values, DATES)];
  },
  change: ({ world }, { values, changed }) => {
    const agreement = world.tables.get('Agreement', asId(values.agreementId));
    const item = world.tables.get('CatalogItem', asId(values.product));
    if (!agreement || !item) return [];
    const dates = DATES.filter((name) => name in changed);
    return [
      ...('product' in changed ? classErrors(item) : []),
      ...dateErrors(world, agreement, values, dates),
    ];
  },
  remove: ({ world }, row) =>
    world.invoicings.linesFor(row.id).length > 0 ? 'The addition has been invoiced.' : undefined,
  derive: (world, row) => computed(world, row),
};

const DATES = ['effectiveDate', 'cancelledDate'] as const;
type DateName = (typeof DATES)[number];

/** "Bundle class products cannot be used as agreement additions" (betterinvoice guide: Additions tab). */
const classErrors = (item: Row): FieldError[] =>
  textOf(item, 'productClass') === 'Bundle'
    ? [invalid('product/id', 'A product of the class Bundle cannot be an addition.')]
    : [];

/**
 * The dates that refuse an addition: before the billing start of the agreement, and inside a period that is invoiced while the
 * agreement does not prorate. For a child the parent's invoices count (published reports of "addition object is invalid"). An
 * addition may end with the last day that is invoiced.
 */
function dateErrors(
  world: World,
  agreement: Row,
  values: Record<string, Value>,
  names: readonly DateName[],
): FieldError[] {
  const day = (name: DateName) => String(values[name] ?? '').slice(0, 10);
  const [effective, cancelled] = [day('effectiveDate'), day('cancelledDate')];
  const start = billingStart(agreement);
  const through = invoicedThrough(world, agreement);
  const isClosed = (date: string) =>
    through !== undefined && !flagOf(agreement, 'prorateFlag') && date <= through;
  const errors: FieldError[] = [];
  if (names.includes('effectiveDate')) {
    if (effective < start)
      errors.push(
        invalid('effectiveDate', `effectiveDate must not be before the billing start ${start}.`),
      );
    else if (isClosed(effective))
      errors.push(
        invalid(
          'effectiveDate',
          `effectiveDate lies in a period that was invoiced up to ${through}, and the agreement does not prorate.`,
        ),
      );
  }
  if (cancelled !== '' && cancelled < effective)
    errors.push(invalid('cancelledDate', 'cancelledDate must not be before effectiveDate.'));
  else if (names.includes('cancelledDate') && cancelled !== '' && cancelled !== through)
    if (isClosed(cancelled))
      errors.push(
        invalid(
          'cancelledDate',
          `cancelledDate lies in a period that was invoiced up to ${through}, and the agreement does not prorate.`,
        ),
      );
  return errors;
}

/** What the description lists and nobody writes. */
function computed(world: World, row: Row): Record<string, Value> {
  const agreement = world.tables.get('Agreement', wholeOf(row, 'agreementId'));
  const item = world.tables.get('CatalogItem', wholeOf(row, 'product'));
  const unit = world.tables.get('UnitOfMeasure', item && wholeOf(item, 'unitOfMeasure'));
  const cost = times(amountOf(row, 'quantity') ?? decimal('0'), unitCostOf(row));
  const price = extendedPrice(row);
  return {
    billedQuantity: amount(billedQuantity(row)),
    extPrice: amount(price),
    extCost: amount(cost),
    margin: amount(plus(price, negated(cost))),
    uom: unit ? textOf(unit, 'name') : null,
    agreementStatus: agreement ? agreementStatus(world, agreement) : null,
    ...(agreement ? prorated(world, agreement, row) : {}),
  };
}

/** The first period of an addition, by its share of days where the agreement prorates. */
function prorated(world: World, agreement: Row, row: Row): Record<string, Value> {
  const effective = dateOfField(row, 'effectiveDate') ?? '';
  const period = periodAt(world, payerOf(world, agreement), effective);
  if (!period || !flagOf(agreement, 'prorateFlag')) return { prorateCurrentPeriodFlag: false };
  const days = daysIn(row, period, true);
  const share = (value: ReturnType<typeof unitPriceOf>) => amount(shareOf(value, days, period));
  return {
    prorateCurrentPeriodFlag: days < period.days,
    proratePrice: share(unitPriceOf(row)),
    prorateCost: share(unitCostOf(row)),
    extendedProratePrice: share(extendedPrice(row)),
    extendedProrateCost: share(times(billedQuantity(row), unitCostOf(row))),
  };
}

const asId = (value: Value | undefined): number | undefined =>
  typeof value === 'number' ? value : undefined;
