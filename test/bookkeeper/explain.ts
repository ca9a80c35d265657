import * as v from 'valibot';
import {
  type Exact,
  equals,
  exact,
  isBelowZero,
  minus,
  negated,
  plus,
  quotient,
  size,
  times,
  toCoins,
  total,
  written,
} from './exact.ts';

const text = v.string();
/** The steps that change an amount; others (account, tax, edited) say where and who, and are passed over. */
const stepSchema = v.variant('step', [
  v.object({
    step: v.literal('charge'),
    quantity: text,
    unitPrice: v.nullable(text),
    amount: text,
    currency: text,
  }),
  v.object({
    step: v.literal('price'),
    from: v.picklist(['marketplace', 'system', 'person', 'billed']),
    unitPrice: text,
    source: text,
  }),
  v.object({ step: v.literal('share'), share: text }),
  v.object({
    step: v.literal('discount'),
    kind: v.picklist(['percent', 'amount']),
    value: text,
  }),
  v.object({ step: v.literal('round'), exact: text, amount: text }),
  v.object({ step: v.literal('tax-included'), tax: text }),
  v.object({ step: v.literal('shape'), quantity: text, unitPrice: text }),
  v.object({ step: v.literal('turned'), reason: text }),
  v.object({
    step: v.literal('part'),
    first: v.number(),
    last: v.number(),
    count: v.number(),
    whole: text,
    amount: text,
  }),
  v.object({
    step: v.literal('convert'),
    from: text,
    to: text,
    rate: text,
    exact: text,
    amount: text,
  }),
  v.object({
    step: v.literal('blend'),
    changes: v.array(v.object({ seats: text, amount: text })),
    amount: text,
  }),
  v.object({ step: v.picklist(['account', 'tax', 'edited', 'margin', 'apart']) }),
]);
type Step = v.InferOutput<typeof stepSchema>;

export interface Recomputed {
  /** What the line comes to; null where the explanation does not lead to an amount. */
  amount: string | null;
  /** Every place where the explanation does not add up. */
  problems: string[];
}

interface Sheet {
  currency: string;
  charge: Exact;
  quantity: Exact;
  price: Exact | null;
  from: 'marketplace' | 'system' | 'person' | 'billed';
  share: Exact | null;
  discount: { kind: 'percent' | 'amount'; value: Exact } | null;
  amount: Exact | null;
  problems: string[];
}

/**
 * Computes an amount again from the explanation that stands beside it in plan and log, by rules of
 * its own: start from the charge, take the price, times the share, less the discount, round once,
 * turn the sign. `currency` is only needed for a correction, whose explanation has no charge.
 */
export function recompute(explanation: unknown, currency = 'XXX'): Recomputed {
  const sheet: Sheet = {
    currency,
    charge: exact('0'),
    quantity: exact('1'),
    price: null,
    from: 'marketplace',
    share: null,
    discount: null,
    amount: null,
    problems: [],
  };
  for (const step of v.parse(v.array(stepSchema), explanation)) take(sheet, step);
  return {
    amount: sheet.amount === null ? null : written(sheet.amount),
    problems: sheet.amount === null ? [...sheet.problems, 'no amount'] : sheet.problems,
  };
}

function take(sheet: Sheet, step: Step): void {
  switch (step.step) {
    case 'charge':
      sheet.currency = step.currency;
      sheet.charge = exact(step.amount);
      sheet.quantity = exact(step.quantity);
      sheet.amount = sheet.charge;
      return;
    case 'price':
      sheet.price = exact(step.unitPrice);
      sheet.from = step.from;
      // A person's price names the quantity it was typed for as its source.
      if (step.from === 'person') sheet.quantity = exact(step.source);
      return;
    case 'share':
      sheet.share = exact(step.share);
      return;
    case 'discount':
      sheet.discount = { kind: step.kind, value: exact(step.value) };
      return;
    case 'tax-included':
      sheet.amount = plus(sheet.amount ?? exact('0'), exact(step.tax));
      return;
    case 'round':
      sheet.amount = roundedBy(sheet, step);
      return;
    case 'part':
      parted(sheet, step);
      return;
    case 'blend':
      blended(sheet, step);
      return;
    case 'convert':
      converted(sheet, step);
      return;
    case 'shape':
      shaped(sheet, step);
      return;
    case 'turned':
      turned(sheet);
      return;
    case 'account':
    case 'tax':
    case 'edited':
    case 'margin':
    case 'apart':
      return;
    default:
      step satisfies never;
  }
}

/** Several changes as one line: its money is theirs together, its seats what they come to. */
function blended(
  sheet: Sheet,
  { changes, amount }: { changes: { seats: string; amount: string }[]; amount: string },
): void {
  const money = total(changes.map((one) => exact(one.amount)));
  const seats = total(changes.map((one) => exact(one.seats)));
  if (!equals(money, exact(amount)) || !equals(money, sheet.charge))
    sheet.problems.push(`changes of ${written(money)}, told ${amount}`);
  if (!equals(size(seats), size(sheet.quantity)))
    sheet.problems.push(`${written(seats)} seats, told ${written(sheet.quantity)}`);
}

function roundedBy(sheet: Sheet, step: { exact: string; amount: string }): Exact {
  const gross = exactOf(sheet);
  if (!equals(gross, exact(step.exact)))
    sheet.problems.push(`before rounding ${written(gross)}, told ${step.exact}`);
  const amount = toCoins(gross, sheet.currency);
  if (!equals(amount, exact(step.amount)))
    sheet.problems.push(`rounded ${written(amount)}, told ${step.amount}`);
  return amount;
}

function exactOf({ charge, quantity, price, from, share, discount }: Sheet): Exact {
  if (price === null) return charge;
  if (from === 'system' || from === 'billed') {
    const gross = times(times(price, size(quantity)), size(share ?? exact('1')));
    return isBelowZero(charge) ? negated(gross) : gross;
  }
  return discounted(times(quantity, price), discount);
}

function discounted(gross: Exact, discount: Sheet['discount']): Exact {
  if (discount === null) return gross;
  return discount.kind === 'amount'
    ? minus(gross, discount.value)
    : times(gross, quotient(minus(exact('100'), discount.value), exact('100'), 18));
}

/** Every part is the whole divided by the months and rounded; the last one takes the rest. */
function parted(
  sheet: Sheet,
  step: { first: number; last: number; count: number; whole: string; amount: string },
): void {
  const whole = sheet.amount ?? exact('0');
  if (!equals(whole, exact(step.whole))) sheet.problems.push(`the whole is ${written(whole)}`);
  const one = toCoins(quotient(whole, exact(String(step.count)), 18), sheet.currency);
  const through = step.last === step.count ? whole : times(one, exact(String(step.last)));
  const amount = minus(through, times(one, exact(String(step.first - 1))));
  if (!equals(amount, exact(step.amount)))
    sheet.problems.push(`the part is ${written(amount)}, told ${step.amount}`);
  sheet.amount = amount;
}

/** The amount so far times the rate, rounded once to the other currency's coins. */
function converted(
  sheet: Sheet,
  step: { from: string; to: string; rate: string; exact: string; amount: string },
): void {
  if (step.from !== sheet.currency)
    sheet.problems.push(`converted from ${step.from}, but it is ${sheet.currency}`);
  const gross = times(sheet.amount ?? exact('0'), exact(step.rate));
  const amount = toCoins(gross, step.to);
  if (!equals(gross, exact(step.exact)) || !equals(amount, exact(step.amount)))
    sheet.problems.push(`converted to ${written(amount)}, told ${step.amount}`);
  sheet.currency = step.to;
  sheet.amount = amount;
}

/** What the document's line says must come to the amount, discount included, by one rounding. */
function shaped(sheet: Sheet, step: { quantity: string; unitPrice: string }): void {
  const line = toCoins(
    discounted(times(exact(step.quantity), exact(step.unitPrice)), sheet.discount),
    sheet.currency,
  );
  sheet.amount ??= line;
  if (!equals(line, sheet.amount))
    sheet.problems.push(
      `${step.quantity} x ${step.unitPrice} is ${written(line)}, not ${written(sheet.amount)}`,
    );
}

/** All signs change; on a credit note the price bears the discount. A correction has no charge to turn. */
function turned(sheet: Sheet): void {
  if (sheet.amount === null) return;
  sheet.amount = negated(sheet.amount);
  sheet.discount = null;
}
