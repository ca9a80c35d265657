import type { Charge } from '../../domain/charge.ts';
import { addDays, type CalendarDate } from '../../domain/dates.ts';
import { compare } from '../../domain/decimal.ts';
import type { Document, DocumentLine, StandingStep } from '../../domain/document.ts';
import type { Marker } from '../../domain/ids.ts';
import { wholePortion } from '../../domain/link.ts';
import { productKeyOf } from '../../domain/mapping.ts';
import type { Order } from '../../domain/order.ts';
import type { Crypto } from '../../domain/ports/machine.ts';
import type { Reader } from '../../domain/ports/store.ts';
import { isWholePeriod } from '../../domain/rules/standing/rule.ts';
import { shapeOf } from '../../domain/shape.ts';
import { lineMarker, type MarkScope, openMarker } from '../markers.ts';
import { orderOf } from '../plan/stored-orders.ts';

/** A system that takes one change a day puts a second one on a later day. */
const shiftDaysMax = 3;

export interface MarkedLine {
  document: Document;
  line: DocumentLine;
  marker: Marker;
}
/** A charge that was written by changing an open line instead of adding one. */
export interface OpenLineCharge extends MarkedLine {
  charge: Charge;
  customerId: string;
  /** What it made of the line. */
  step: StandingStep;
}

/**
 * The charges that stand on open lines, by the lines' marks; a mark that is an open line's is there
 * also when no charge is found on it. A charge stands there when the line came to its quantity on its
 * day: what was not written before is not taken for written. A part of a period that has a line of its
 * own is none of them.
 */
export function chargesOnOpenLines(of: {
  reader: Reader;
  crypto: Pick<Crypto, 'hash'>;
  scope: MarkScope;
  marked: readonly MarkedLine[];
}): Map<Marker, OpenLineCharge[]> {
  const { reader, crypto, scope } = of;
  const byMarker = Map.groupBy(of.marked, ({ marker }) => marker);
  const found = new Map<Marker, OpenLineCharge[]>();
  for (const { id } of reader.list('order')) {
    const order = orderOf(reader, id);
    if (order === null || order.status !== 'completed') continue;
    for (const charge of order.charges) {
      const marker = openMarker(crypto, scope, {
        subscriptionId: charge.subscriptionId ?? order.subscriptionId,
        orderId: order.id,
        productKey: productKeyOf(charge),
        chargeKey: charge.key,
      });
      const lines = byMarker.get(marker);
      if (lines === undefined) continue;
      const own = found.get(marker) ?? [];
      found.set(marker, own);
      if (byMarker.has(lineMarker(crypto, scope, charge.key, wholePortion))) continue;
      for (const one of lines) {
        const step = stepOn(one.line, order, charge);
        if (step === null) continue;
        own.push({ ...one, charge, customerId: order.customerId, step });
        break;
      }
    }
  }
  return found;
}

/** What the charge made of the line, as far as the line tells; null where it made nothing of it. */
function stepOn(line: DocumentLine, order: Order, charge: Charge): StandingStep | null {
  const { period, placedOn } = charge;
  const after = order.products.find(
    ({ productId, partNumber }) =>
      (productId !== null && productId === charge.productId) ||
      (partNumber !== null && partNumber === charge.partNumber),
  )?.quantity;
  const { unitPrice } = line;
  if (isWholePeriod(charge)) {
    const shape = shapeOf(charge);
    const wanted = [/^\d+$/.test(shape.quantity) ? shape.quantity : '1', ...(after ? [after] : [])];
    const from = period?.start ?? placedOn;
    const quantity = wanted.find((one) => cameTo(line, from, one));
    return quantity === undefined ? null : { from, quantity, unitPrice };
  }
  const isPart = ['recurring', 'proration', 'credit'].includes(charge.class);
  if (!isPart) return null;
  if (order.type === 'cancellation') {
    // Its products say what was cancelled; where the system gives back, the line ends with that day.
    const from = addDays(period?.start ?? placedOn, 1);
    return changedTo(line, from, '0') ? { from, quantity: '0', unitPrice } : null;
  }
  if (after == null) return null;
  // From the next period on where it was not credited, from its own day where the system prorates.
  const from = [period?.end ?? addDays(placedOn, 1), period?.start ?? placedOn].find((day) =>
    changedTo(line, day, after),
  );
  return from === undefined ? null : { from, quantity: after, unitPrice };
}

/** Whether so many stood on the day, or shortly after it. */
function cameTo({ history, quantity: last }: DocumentLine, from: CalendarDate, wanted: string) {
  if (history === undefined) return compare(last, wanted) === 0;
  const latest = addDays(from, shiftDaysMax);
  const before = history.findLast((one) => one.from <= from);
  const around = history.filter((one) => one.from > from && one.from <= latest);
  return [...(before === undefined ? [] : [before]), ...around].some(
    ({ quantity }) => compare(quantity, wanted) === 0,
  );
}

/** Whether the day itself, or one shortly after it, brought so many. */
const changedTo = ({ history }: DocumentLine, from: CalendarDate, wanted: string): boolean =>
  (history ?? []).some(
    (one) =>
      one.from >= from &&
      one.from <= addDays(from, shiftDaysMax) &&
      compare(one.quantity, wanted) === 0,
  );
