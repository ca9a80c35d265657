import { figuresFor, productFor } from '../amount.ts';
import type { Books } from '../books.ts';
import { type Charge, fits } from '../charge.ts';
import {
  type Exact,
  equals,
  exact,
  isBelowZero,
  isZero,
  minus,
  one,
  quotient,
  size,
  times,
  toCoins,
  zero,
} from '../exact.ts';
import type { JournalEntry } from '../journal-entry.ts';
import { type Detail, type Order, readSold, type Sold } from '../marketplace-journal.ts';
import { ownCharges } from '../own.ts';
import { dayOf, productLines, runs, serviceStart, shareOf } from '../service.ts';
import { type Judged, judgedIn, namesIn } from '../wanted.ts';
import { inForce, moved, type Step } from './steps.ts';

/** One product of one subscription, as its line must stand. */
export interface WantedLine {
  subscription: string;
  customer: string;
  contact: string;
  currency: string;
  product: string;
  item: string | null;
  words: string[];
  /** Months of its billing period. */
  months: number | null;
  /** As the orders set them, one after the other. */
  steps: Step[];
  orders: string[];
}
export interface WantedStanding {
  lines: WantedLine[];
  /** What is a line of its own, once. */
  once: Charge[];
  none: { charge: Charge; reason: string }[];
  names: string[];
}

/**
 * What must stand where lines stay open and the system invoices them itself. A recurring charge of a
 * whole period says what the line is from its first day; setup, use, fees and parts of a period stand
 * once, and a part lets the line be what the subscription is from the next period on; the end of a
 * subscription ends its lines with the period that is paid. Where the system works out parts of a
 * period itself, the line changes on the day of the order and nothing stands once for it.
 */
export function wantedStanding(journal: readonly JournalEntry[], books: Books): WantedStanding {
  const sold = readSold(journal, books.reseller);
  const lines = new Map<string, WantedLine>();
  /** By subscription: from when on nothing of it is billed, as its cancellation says. */
  const ends = new Map<string, string>();
  const wanted: WantedStanding = { lines: [], once: [], none: [], names: namesIn(sold) };
  const keeps = books.settings.seatsDown === 'quantity-only';
  // Judged as if everything were given back and written; what is not is told apart below.
  const judged = judgedIn(sold, {
    ...books,
    settings: { ...books.settings, seatsDown: 'credit', zeroLines: 'write' },
  });
  const byOrder = Map.groupBy(judged, ({ order }) => order);
  for (const order of sold.completed) {
    const about = byOrder.get(order) ?? [];
    for (const one of about) {
      const { charge, verdict } = one;
      if (!verdict.bill) {
        wanted.none.push({ charge, reason: verdict.reason });
        if (verdict.reason === 'undone') undoStep(lines, one, sold, books);
        continue;
      }
      const effect = effectOf(one, sold, books);
      if (effect.step !== null) {
        if (books.again?.some((where) => fits(where, charge)) === true)
          undoStep(lines, one, sold, books);
        const line = lineFor(lines, one, sold, books);
        takeStep(line, { order, step: effect.step, endsOn: ends.get(line.subscription) });
      }
      const isKept = keeps && order.type === 'change' && isBelowZero(charge.amount);
      const isFree = isZero(charge.amount) && books.settings.zeroLines === 'leave-out';
      if (!effect.isOnce) continue;
      const isNetted = books.netted?.includes(order.orderNumber) === true;
      if (isNetted) wanted.none.push({ charge, reason: 'comes to nothing' });
      else if (isKept) wanted.none.push({ charge, reason: 'the reseller keeps the refund' });
      else if (isFree) wanted.none.push({ charge, reason: 'nothing to pay' });
      else wanted.once.push(charge);
    }
    const id = order.subscriptionId ?? order.targetSubscriptionId;
    if (order.type !== 'cancellation' || id === undefined || about.some(isNotDone)) continue;
    const endsOn = endOf(id, order, sold, books);
    ends.set(id, endsOn);
    for (const line of lines.values()) if (line.subscription === id) line.steps.push(ended(endsOn));
  }
  for (const line of lines.values()) {
    const day = sold.expiredOn.get(line.subscription);
    if (day !== undefined) line.steps.push(ended(day));
  }
  for (const { charge, verdict } of ownCharges(books))
    if (verdict.bill) wanted.once.push(charge);
    else wanted.none.push({ charge, reason: verdict.reason });
  return { ...wanted, lines: [...lines.values()] };
}

/** A change that was placed before the end and took longer does not take up what has ended. */
function takeStep(
  line: WantedLine,
  { order, step, endsOn }: { order: Order; step: Step; endsOn: string | undefined },
): void {
  const isOver = order.type === 'change' && endsOn !== undefined && step.from >= endsOn;
  if (!isOver) line.steps.push(step);
}

/** It was written and is taken back: the day was changed twice, and comes to what it was before. */
function undoStep(lines: Map<string, WantedLine>, judged: Judged, sold: Sold, books: Books): void {
  const { step } = effectOf(judged, sold, books);
  if (step === null) return;
  const line = lineFor(lines, judged, sold, books);
  line.steps.push(step, { ...inForce(line.steps, step.from), from: step.from });
}

/** Waiting, or taken back: what it ended runs on. */
const isNotDone = ({ verdict }: Judged): boolean =>
  !verdict.bill && (verdict.waits || verdict.reason === 'undone');
const ended = (from: string): Step => ({ from, quantity: zero, price: zero });

/** Whether a charge stands once, and what it makes of its line. */
function effectOf(
  { order, detail, charge }: Judged,
  sold: Sold,
  { settings }: Books,
): { isOnce: boolean; step: Step | null } {
  if (isRecurring(detail) && !isBelowZero(charge.amount) && isWholePeriod(order, detail)) {
    const from = serviceStart(order, detail, sold).day;
    // What a change charges is the difference; the line is what the subscription is after it.
    const whole = figures(detail.quantity, charge.amount, detail);
    const now = order.type === 'change' ? afterOrder(order, detail) : whole;
    return { isOnce: false, step: now === null ? null : { from, ...now } };
  }
  const changes = order.type === 'change' || order.type === 'sales';
  if (!changes || !isPart(detail)) {
    // A system that gives back the rest of a period itself is not given the refund as well.
    const isOwn = order.type === 'cancellation' && settings.proration === 'system';
    return { isOnce: !(isOwn && isPart(detail) && isBelowZero(charge.amount)), step: null };
  }
  const after = afterOrder(order, detail);
  const keeps = settings.seatsDown === 'quantity-only' && isBelowZero(charge.amount);
  const bySystem = settings.proration === 'system';
  const from = bySystem && !keeps ? dayOf(order.creationDate) : periodEnd(order, charge, sold);
  return { isOnce: !bySystem, step: after === null ? null : { from, ...after } };
}

/** Lines of the subscription end with the period that is paid; with the day itself where the system gives back. */
function endOf(id: string, order: Order, sold: Sold, { settings }: Books): string {
  const day = dayOf(order.creationDate);
  const givesBack = order.details.some(
    (detail) => isPart(detail) && isBelowZero(exact(detail.extendedPrice.amount)),
  );
  return settings.proration === 'system' && givesBack
    ? moved(day, 1)
    : (boundaryAfter(sold, id, day) ?? moved(day, 1));
}

function lineFor(
  lines: Map<string, WantedLine>,
  { order, detail, charge }: Judged,
  sold: Sold,
  books: Books,
): WantedLine {
  const subscription = charge.subscription ?? order.id;
  const key = `${subscription} ${charge.product}`;
  const line = lines.get(key) ?? {
    subscription,
    customer: charge.customer,
    contact: charge.contact ?? '',
    currency: charge.currency,
    product: charge.product,
    item: productFor(books, order, detail, charge)?.item ?? null,
    words: charge.words,
    months: sold.monthsOf.get(subscription) ?? null,
    steps: [],
    orders: [],
  };
  lines.set(key, line);
  line.orders.push(charge.order);
  return line;
}

const isRecurring = (detail: Detail): boolean => runs(detail) && detail.type !== 'overuse';
const partTypes = new Set([
  'recurring',
  'renew',
  'billRecord',
  'switch',
  'downgrade',
  'recurringRefund',
  'renewRefund',
]);
const isPart = ({ type }: Detail): boolean => partTypes.has(type);

function isWholePeriod(order: Order, detail: Detail): boolean {
  const share = shareOf(order, detail);
  return share === null || equals(share, one);
}

/** These systems count in whole units: a part of one is one unit at the whole amount. */
function figures(count: string, whole: Exact, detail: Detail): Omit<Step, 'from'> {
  const { currency } = detail.extendedPrice;
  const told = figuresFor({ count, whole, price: detail.unitPrice?.amount, currency });
  const quantity = exact(told.quantity);
  const isWhole = quantity.units % 10n ** BigInt(quantity.places) === 0n;
  return isWhole ? { quantity, price: exact(told.price) } : { quantity: one, price: whole };
}

/** The subscription's product after the order: its quantity at what a whole period of it costs. */
function afterOrder(order: Order, detail: Detail): Omit<Step, 'from'> | null {
  const line = productLines(order, detail).at(-1);
  if (line?.quantity === undefined) return null;
  const listed =
    line.extendedPrice === undefined
      ? times(exact(line.quantity), size(exact(detail.unitPrice?.amount ?? '0')))
      : exact(line.extendedPrice.amount);
  const percent = detail.discount?.type === 'percent' ? (detail.discount.value ?? '0') : '0';
  const left = quotient(minus(exact('100'), exact(percent)), exact('100'), 6);
  const whole = toCoins(times(listed, left), detail.extendedPrice.currency);
  return figures(line.quantity, whole, detail);
}

/** The first day that a part of a period does not pay for any more. */
function periodEnd(order: Order, { subscription }: Charge, sold: Sold): string {
  const day = dayOf(order.creationDate);
  return (subscription === null ? null : boundaryAfter(sold, subscription, day)) ?? moved(day, 1);
}

const boundariesMax = 1_200;

/** Periods are counted from the day the subscription began; the last day of a short month stands for a later one. */
function boundaryAfter(
  { startedOn, monthsOf }: Sold,
  subscription: string,
  day: string,
): string | null {
  const anchor = startedOn.get(subscription);
  const months = monthsOf.get(subscription);
  if (anchor === undefined || months === undefined) return null;
  const [year = 0, month = 1, dayOfMonth = 1] = dayOf(anchor).split('-').map(Number);
  for (let step = 1; step <= boundariesMax; step += 1) {
    const lastDay = new Date(Date.UTC(year, month + step * months, 0)).getUTCDate();
    const boundary = new Date(
      Date.UTC(year, month - 1 + step * months, Math.min(dayOfMonth, lastDay)),
    )
      .toISOString()
      .slice(0, 10);
    if (boundary > day) return boundary;
  }
  return null;
}
