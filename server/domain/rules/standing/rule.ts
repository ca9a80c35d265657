import type { Charge } from '../../charge.ts';
import { addDays, type CalendarDate } from '../../dates.ts';
import { compare, type Decimal } from '../../decimal.ts';
import type { Order } from '../../order.ts';
import type { FeeKind } from '../../product.ts';
import { feeByClass, type Reason, type Rule, type RuleContext, type Ruling } from '../rule.ts';

/** What a charge does to the open line of its subscription's product, and from which day. */
export type Effect = 'keeps' | 'sets' | 'ends';

interface Options {
  feeOf?: (charge: Charge) => FeeKind;
  leave?: (charge: Charge, context: RuleContext) => Reason | null;
  /** What a charge for a part of a period, or a credit, does to the open line. */
  onPart?: Effect;
}

/**
 * The part all order types share where lines stay open and the system invoices them: a recurring charge
 * of a whole period is the open line itself, and equal to it is no change; every other charge is a line
 * of its own, written once. A part of a period is charged by the marketplace, so that the open line
 * takes its new quantity, or its end, from the day after that part.
 */
export function standingRule({ feeOf = feeByClass, leave, onPart = 'keeps' }: Options = {}): Rule {
  return (order, context) => {
    const ruling: Ruling = { wanted: [], left: [], held: [] };
    for (const charge of order.charges) {
      const reason = charge.class === 'movement' ? 'movement' : (leave?.(charge, context) ?? null);
      if (reason !== null) ruling.left.push({ charge, reason });
      else if (charge.class === 'unknown' && !context.accepted('unknown-charge', charge.key))
        ruling.held.push({ charge, need: 'unknown-charge' });
      else place(ruling, order, charge, context, feeOf(charge), onPart);
    }
    return ruling;
  };
}

function place(
  ruling: Ruling,
  order: Order,
  charge: Charge,
  context: RuleContext,
  fee: FeeKind,
  onPart: Effect,
): void {
  if (isWholePeriod(charge) && order.type === 'change') {
    placeChanged(ruling, order, charge, context, fee);
    return;
  }
  if (isWholePeriod(charge)) {
    if (context.standing?.isOpenLine(charge) === true)
      ruling.left.push({ charge, reason: 'no-change' });
    else ruling.wanted.push({ charge, fee, stands: { from: startOf(order, charge) } });
    return;
  }
  if (onPart === 'keeps' || !isPartOfPeriod(charge)) {
    ruling.wanted.push({ charge, fee });
    return;
  }
  const from = charge.period?.end ?? addDays(order.placedOn, 1);
  const after = onPart === 'ends' ? ended : (context.standing?.after(order, charge) ?? null);
  const keepsRefund =
    onPart === 'sets' &&
    context.settings.seatsDown === 'quantity-only' &&
    charge.amount.amountMinor < 0n;
  if (after === null) ruling.held.push({ charge, need: 'no-price' });
  else if (context.settings.proration === 'system' && isTold(charge) && !keepsRefund)
    placeDated(ruling, order, charge, context, { fee, onPart, after });
  else if (keepsRefund && after.unitPrice !== null)
    ruling.wanted.push({
      charge,
      fee,
      stands: { from, as: { quantity: after.quantity, unitPrice: after.unitPrice } },
    });
  else ruling.wanted.push({ charge, fee, sets: { from, ...after } });
}

/** A change of a whole period charges the difference; the line comes to what the subscription is after it. */
function placeChanged(
  ruling: Ruling,
  order: Order,
  charge: Charge,
  context: RuleContext,
  fee: FeeKind,
): void {
  const after = context.standing?.after(order, charge) ?? null;
  if (after === null) ruling.held.push({ charge, need: 'no-price' });
  else if (context.standing?.isOpenLine(charge, after) === true)
    ruling.left.push({ charge, reason: 'no-change' });
  else ruling.wanted.push({ charge, fee, stands: { from: startOf(order, charge), as: after } });
}

/**
 * The system works out the part by itself when the line changes on its day, so that nothing is a line of
 * its own for it: the marketplace's part would be billed beside the system's. The day of a change is
 * charged as changed, that of a cancellation still as it was.
 */
function placeDated(
  ruling: Ruling,
  order: Order,
  charge: Charge,
  context: RuleContext,
  {
    fee,
    onPart,
    after,
  }: { fee: FeeKind; onPart: Effect; after: { quantity: Decimal; unitPrice: Decimal | null } },
): void {
  const start = startOf(order, charge);
  const from = onPart === 'ends' ? addDays(start, 1) : start;
  const as = { quantity: after.quantity, unitPrice: after.unitPrice ?? '0' };
  if (onPart !== 'ends' && context.standing?.isOpenLine(charge, as) === true)
    ruling.left.push({ charge, reason: 'no-change' });
  else ruling.wanted.push({ charge, fee, stands: { from, as } });
}

/** Whether its share of the period is told and is a part of one. */
const isTold = ({ share }: Charge): boolean => share !== null && compare(share, '1') < 0;

const ended = { quantity: '0', unitPrice: null };

/** A recurring charge whose share is not told is a whole period: only a part is told. */
export const isWholePeriod = ({ class: kind, share, amount }: Charge): boolean =>
  kind === 'recurring' && amount.amountMinor >= 0n && (share === null || compare(share, '1') === 0);

const isPartOfPeriod = ({ class: kind }: Charge): boolean =>
  kind === 'recurring' || kind === 'proration' || kind === 'credit';

const startOf = (order: Order, { period }: Charge): CalendarDate => period?.start ?? order.placedOn;
