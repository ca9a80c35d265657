import { type Decimal, decimal, times } from '../../decimal.ts';
import { amountOf, flagOf, type Row, textOf, wholeOf } from '../row.ts';
import type { World } from '../world.ts';
import { billedQuantity, daysIn, shareOf, unitPriceOf } from './addition.ts';
import type { InvoiceLine, Period } from './invoicings.ts';
import { taxOf } from './tax.ts';

const NONE = decimal('0');

/**
 * What an invoice of this period bills: the agreement's own amount, the additions that are in effect in it, and what changed in
 * periods that were invoiced before, of the agreement and of its children.
 */
export function linesOf(world: World, agreement: Row, period: Period): InvoiceLine[] {
  const family = [
    agreement,
    ...world.tables
      .all('Agreement')
      .filter(({ values }) => values.parentAgreement === agreement.id),
  ];
  const earlier = world.invoicings.of(agreement.id).map((invoiced) => invoiced.period);
  return family.flatMap((member) => [
    ...ownLine(world, member, period),
    ...additionsOf(world, member).flatMap((addition) => [
      ...earlier.flatMap((before) => line(world, { agreement: member, addition, period: before })),
      ...line(world, { agreement: member, addition, period }),
    ]),
  ]);
}

/** In the order of their sequence numbers, then as they were made. */
function additionsOf({ tables }: World, agreement: Row): Row[] {
  const place = (row: Row) => Number(amountOf(row, 'sequenceNumber')?.units ?? 0n);
  return tables
    .all('Addition')
    .filter(({ values }) => values.agreementId === agreement.id)
    .filter((addition) => textOf(addition, 'billCustomer') !== 'DoNotBill')
    .toSorted((a, b) => place(a) - place(b) || a.id - b.id);
}

function ownLine(world: World, agreement: Row, period: Period): InvoiceLine[] {
  const own = amountOf(agreement, 'billAmount');
  if (!own || own.units === 0n) return [];
  const quantity = decimal('1');
  const value = shareOf(own, period.days, period);
  return [
    {
      agreementId: agreement.id,
      additionId: undefined,
      description: textOf(agreement, 'invoiceDescription') || textOf(agreement, 'name'),
      period,
      days: period.days,
      quantity,
      unitPrice: own,
      amount: value,
      tax: taxOf(world, { agreement, amount: value }),
    },
  ];
}

/**
 * One line for the days of a period that are not billed yet. In a period that was invoiced before only a prorating agreement bills
 * what came or went since; days taken back have the quantity and price at which they were billed.
 */
function line(
  world: World,
  { agreement, addition, period }: { agreement: Row; addition: Row; period: Period },
): InvoiceLine[] {
  const isProrated = flagOf(agreement, 'prorateFlag');
  const billed = world.invoicings
    .linesFor(addition.id)
    .filter((one) => one.period.start === period.start);
  const isInvoiced = world.invoicings
    .of(wholeOf(agreement, 'parentAgreement') ?? agreement.id)
    .some((one) => one.period.start === period.start);
  if (isInvoiced && !isProrated) return [];
  const days =
    daysIn(addition, period, isProrated) - billed.reduce((sum, one) => sum + one.days, 0);
  if (days === 0) return [];
  const last = billed.at(-1);
  const { quantity, unitPrice } = days < 0 && last ? last : presentOf(addition);
  const value = shareOf(times(quantity, unitPrice), days, period);
  const isTaxed = flagOf(addition, 'taxableFlag');
  return [
    {
      agreementId: agreement.id,
      additionId: addition.id,
      description: textOf(addition, 'invoiceDescription') || textOf(addition, 'description'),
      period,
      days,
      quantity,
      unitPrice,
      amount: value,
      tax: isTaxed ? taxOf(world, { agreement, amount: value }) : decimal('0.00'),
    },
  ];
}

function presentOf(addition: Row): { quantity: Decimal; unitPrice: Decimal } {
  const isFree = textOf(addition, 'billCustomer') === 'NoCharge';
  return {
    quantity: billedQuantity(addition),
    unitPrice: isFree ? NONE : unitPriceOf(addition),
  };
}
