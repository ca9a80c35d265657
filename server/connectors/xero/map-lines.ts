import * as v from 'valibot';
import type { Discount } from '../../domain/charge.ts';
import { isZero } from '../../domain/decimal.ts';
import type { DocumentLine, LineContent } from '../../domain/document.ts';
import { rawNumber } from '../../domain/json.ts';
import { money } from '../../domain/money.ts';
import { lineMarkOf } from '../kit/marks.ts';
import type { Line } from './schema.ts';

// Lines, both ways. https://developer.xero.com/documentation/api/accounting/invoices#creating-updating-and-deleting-line-items-when-updating-invoices

/** A line as it stands. */
export function documentLine(line: Line, index: number, currency: string): DocumentLine {
  const description = line.Description ?? '';
  return {
    // A line of text alone may come without an id or figures.
    id: textOr(line.LineItemID, null) ?? `position-${index + 1}`,
    description,
    quantity: line.Quantity ?? '0',
    unitPrice: line.UnitAmount ?? '0',
    discount: discountOf(line),
    itemCode: textOr(line.ItemCode, null),
    accountCode: textOr(line.AccountCode, null),
    taxType: textOr(line.TaxType, null),
    tracking: trackingOf(line),
    amount: money(line.LineAmount ?? '0', currency),
    tax: line.TaxAmount == null ? null : money(line.TaxAmount, currency),
    marker: lineMarkOf(description),
    raw: rawOf(line),
  };
}

/** One of our lines as Xero takes it; with `before` it replaces that line. */
export function vendorLine(content: LineContent, before: DocumentLine | null): object {
  return {
    ...(before === null ? {} : { LineItemID: before.id }),
    Description: content.description,
    Quantity: rawNumber(content.quantity),
    UnitAmount: rawNumber(content.unitPrice),
    ...named('ItemCode', content.itemCode),
    ...named('AccountCode', content.accountCode),
    ...named('TaxType', content.taxType),
    ...vendorDiscount(content.discount, before?.discount ?? null),
    ...(content.tracking.length === 0 ? {} : { Tracking: content.tracking.map(vendorTracking) }),
  };
}

/**
 * A line that stays, in the vendor's own form as it was read, so that nothing a person set is lost. Its
 * `LineItemID` keeps it.
 */
export function keptLine({ raw }: DocumentLine): object {
  const kept = v.parse(keptSchema, raw);
  for (const name of numbers) {
    const value = kept[name];
    if (typeof value === 'string') kept[name] = rawNumber(value);
  }
  return kept;
}

/** The text, or what stands for its absence: Xero leaves a member out, or sends it empty. */
export const textOr = <T>(text: string | null | undefined, otherwise: T): string | T =>
  text === null || text === undefined || text === '' ? otherwise : text;

// What Xero takes back; it computes `LineAmount` and `Item`.
const texts = [
  'LineItemID',
  'Description',
  'ItemCode',
  'AccountCode',
  'AccountID',
  'TaxType',
] as const;
const numbers = ['Quantity', 'UnitAmount', 'TaxAmount', 'DiscountRate', 'DiscountAmount'] as const;
const keptSchema = v.record(v.string(), v.unknown());

function rawOf(line: Line): Record<string, unknown> {
  const raw: Record<string, unknown> = {};
  for (const name of [...texts, ...numbers]) if (line[name] != null) raw[name] = line[name];
  // One way of saying it each: a code or an id, a rate or an amount, and no discount of nothing.
  if (line.AccountCode) delete raw.AccountID;
  const discount = discountOf(line)?.kind;
  if (discount !== 'percent') delete raw.DiscountRate;
  if (discount !== 'amount') delete raw.DiscountAmount;
  const tracking = trackingOf(line).map(vendorTracking);
  if (tracking.length > 0) raw.Tracking = tracking;
  return raw;
}

const trackingOf = ({ Tracking }: Line): LineContent['tracking'] =>
  (Tracking ?? []).flatMap(({ TrackingCategoryID, TrackingOptionID }) =>
    TrackingCategoryID && TrackingOptionID
      ? [{ categoryId: TrackingCategoryID, optionId: TrackingOptionID }]
      : [],
  );

function discountOf({ DiscountRate, DiscountAmount }: Line): Discount | null {
  if (DiscountRate != null && !isZero(DiscountRate))
    return { kind: 'percent', value: DiscountRate };
  if (DiscountAmount != null && !isZero(DiscountAmount))
    return { kind: 'amount', value: DiscountAmount };
  return null;
}

// An amount of 0 beside a negative price is refused, a rate of 0 is not.
// https://github.com/XeroAPI/Xero-OpenAPI/issues/429
function vendorDiscount(discount: Discount | null, before: Discount | null): object {
  if (discount === null) return before === null ? {} : { DiscountRate: rawNumber('0') };
  return discount.kind === 'percent'
    ? { DiscountRate: rawNumber(discount.value) }
    : { DiscountAmount: rawNumber(discount.value) };
}

const vendorTracking = ({ categoryId, optionId }: LineContent['tracking'][number]) => ({
  TrackingCategoryID: categoryId,
  TrackingOptionID: optionId,
});

const named = (name: string, value: string | null): object =>
  value === null ? {} : { [name]: value };
