import { type JsonObject, listOf, numberOf, textOf } from '../../json.ts';
import { coarser, divided, moneyText, scaled } from '../amounts.ts';
import type { Line, LineAmountTypes, Tracking } from '../state.ts';
import { accountStatus, type Work } from './work.ts';

const PERCENT = 1_000_000n;
const LINE_AMOUNT_MAX = 999_999_999_999n;
const DESCRIPTION_MAX = 4_000;

export interface LineRules {
  work: Work;
  lineAmountTypes: LineAmountTypes;
  /** Credit notes take no discounts (xero_accounting.yaml, LineItem). */
  discounts: boolean;
  contactTaxType: string | undefined;
}

/**
 * One line as Xero keeps it. `known` is the line of that LineItemID: what is not sent stays. Amounts and tax are
 * computed anew on every write.
 */
export function readLine(
  element: JsonObject,
  rules: LineRules,
  known: Line | undefined,
): { line: Line; errors: string[] } {
  const { work } = rules;
  const errors: string[] = [];
  const itemCode = textOf(element, 'ItemCode') ?? known?.itemCode;
  const item = [...work.organisation.items.values()].find(({ code }) => code === itemCode);
  if (itemCode !== undefined && !item) errors.push(`Item code '${itemCode}' is not valid`);
  const given = (name: string, kept: bigint | undefined): bigint | undefined => {
    const text = numberOf(element, name);
    return text === undefined ? kept : scaled(text, 4);
  };
  const price = given('UnitAmount', known?.unitAmount ?? item?.unitPrice);
  const unitAmount =
    price === undefined
      ? undefined
      : coarser(price, 4, work.unitPlaces) * 10n ** BigInt(4 - work.unitPlaces);
  const quantity = given(
    'Quantity',
    known?.quantity ?? (unitAmount === undefined ? undefined : 10_000n),
  );
  // A negative quantity is refused; a credit line has a negative unit amount (vendor error list, support.workguru.io).
  if (quantity !== undefined && quantity < 0n) errors.push('The quantity must not be negative');
  const discount = readDiscount(element, known);
  if (!rules.discounts && (discount.rate !== undefined || discount.amount !== undefined))
    errors.push('Discounts are not available on credit notes');
  // Xero-OpenAPI #429: an amount of 0 with a negative price fails, a rate of 0 does not.
  if (discount.amount !== undefined && unitAmount !== undefined && unitAmount < 0n)
    errors.push('Discount amount is not valid for a negative line amount');
  const description = textOf(element, 'Description') ?? known?.description ?? item?.description;
  if ((description ?? '').length > DESCRIPTION_MAX)
    errors.push('Description exceeds 4000 characters');
  const accountCode = textOf(element, 'AccountCode') ?? known?.accountCode ?? item?.accountCode;
  errors.push(...accountErrors(work, accountCode));
  const tax = taxOf({ element, known, rules, accountCode, itemTaxType: item?.taxType });
  errors.push(...tax.errors);
  const lineAmount = amountOf({ quantity, unitAmount, discount });
  if (lineAmount > LINE_AMOUNT_MAX) errors.push('Line amount exceeds 9,999,999,999.99');
  const sentAmount = numberOf(element, 'LineAmount');
  if (sentAmount !== undefined && scaled(sentAmount, 2) !== lineAmount)
    errors.push(
      `The line total ${sentAmount} does not match the expected line total ${moneyText(lineAmount)}`,
    );
  const tracking = readTracking(element, work, known);
  errors.push(...tracking.errors);
  const sentTax = numberOf(element, 'TaxAmount');
  const computedTax = taxAmount({ lineAmount, rate: tax.rate, types: rules.lineAmountTypes });
  const line: Line = {
    id: known?.id ?? work.world.guid(),
    description,
    quantity,
    unitAmount,
    itemCode,
    accountCode,
    taxType: tax.taxType,
    taxAmount: (sentTax === undefined ? undefined : scaled(sentTax, 2)) ?? computedTax,
    lineAmount,
    discountRate: discount.rate,
    discountAmount: discount.amount,
    tracking: tracking.tracking,
  };
  return { line, errors };
}

/** Quantity times price less discount, rounded once to two decimals (developer.xero.com, rounding in Xero). */
function amountOf(of: {
  quantity: bigint | undefined;
  unitAmount: bigint | undefined;
  discount: { rate: bigint | undefined; amount: bigint | undefined };
}): bigint {
  const gross = (of.quantity ?? 0n) * (of.unitAmount ?? 0n);
  if (of.discount.amount !== undefined) return coarser(gross, 8, 2) - of.discount.amount;
  return divided(gross * (PERCENT - (of.discount.rate ?? 0n)), PERCENT * 1_000_000n);
}

/** Tax of each line, rounded by itself, then summed: 25.06, 25.61 and 25.63 at 15 % give 11.44 (same page). */
function taxAmount({
  lineAmount,
  rate,
  types,
}: {
  lineAmount: bigint;
  rate: bigint;
  types: LineAmountTypes;
}): bigint {
  if (types === 'NoTax') return 0n;
  if (types === 'Inclusive') return divided(lineAmount * rate, PERCENT + rate);
  return divided(lineAmount * rate, PERCENT);
}

function readDiscount(element: JsonObject, known: Line | undefined) {
  const rate = numberOf(element, 'DiscountRate');
  const amount = numberOf(element, 'DiscountAmount');
  if (amount !== undefined) return { rate: undefined, amount: scaled(amount, 2) };
  if (rate !== undefined) return { rate: scaled(rate, 4), amount: undefined };
  return { rate: known?.discountRate, amount: known?.discountAmount };
}

function accountErrors(work: Work, code: string | undefined): string[] {
  if (code === undefined) return [];
  const account = work.organisation.accounts.find((one) => one.code === code);
  if (!account || account.type === 'BANK')
    return [`Account code '${code}' is not a valid code for this document.`];
  if (accountStatus(work.faults, account) === 'ARCHIVED')
    return [`Account code '${code}' has been archived, or deleted.`];
  return [];
}

/** What was sent, then the item's, the contact's and the account's default; it must exist and fit sales. */
function taxOf(of: {
  element: JsonObject;
  known: Line | undefined;
  rules: LineRules;
  accountCode: string | undefined;
  itemTaxType: string | undefined;
}): { taxType: string | undefined; rate: bigint; errors: string[] } {
  const { organisation } = of.rules.work;
  if (of.rules.lineAmountTypes === 'NoTax') return { taxType: 'NONE', rate: 0n, errors: [] };
  const account = organisation.accounts.find(
    ({ code }) => code !== undefined && code === of.accountCode,
  );
  const taxType =
    textOf(of.element, 'TaxType') ??
    of.known?.taxType ??
    of.itemTaxType ??
    of.rules.contactTaxType ??
    account?.taxType;
  if (taxType === undefined) return { taxType, rate: 0n, errors: [] };
  const found = organisation.taxRates.find((rate) => rate.taxType === taxType);
  if (found?.status !== 'ACTIVE' || !found.canApplyToRevenue) {
    const words = `The TaxType code '${taxType}' does not exist or cannot be used for this type of transaction.`;
    return { taxType, rate: 0n, errors: [words] };
  }
  return { taxType, rate: found.rate, errors: [] };
}

/** At most two, by ids or by Name and Option. */
function readTracking(
  element: JsonObject,
  work: Work,
  known: Line | undefined,
): { tracking: Tracking[]; errors: string[] } {
  const sent = listOf(element, 'Tracking');
  if (!sent) return { tracking: known?.tracking ?? [], errors: [] };
  if (sent.length > 2)
    return { tracking: [], errors: ['A line can have at most two tracking categories'] };
  const tracking: Tracking[] = [];
  for (const one of sent) {
    const category = work.organisation.trackingCategories.find(
      ({ id, name }) => id === textOf(one, 'TrackingCategoryID') || name === textOf(one, 'Name'),
    );
    const option = category?.options.find(
      ({ id, name }) => id === textOf(one, 'TrackingOptionID') || name === textOf(one, 'Option'),
    );
    if (!category || !option)
      return { tracking: [], errors: ['The tracking category or option does not exist'] };
    tracking.push({ categoryId: category.id, optionId: option.id });
  }
  return { tracking, errors: [] };
}
