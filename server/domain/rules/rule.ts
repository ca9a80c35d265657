import type { Charge } from '../charge.ts';
import type { CalendarDate } from '../dates.ts';
import type { Decimal } from '../decimal.ts';
import type { Order } from '../order.ts';
import type { FeeKind } from '../product.ts';
import type { Settings } from '../settings.ts';
import type { NeedCode } from '../task.ts';

/** What a rule may know beside the order itself. */
export interface RuleContext {
  settings: Pick<Settings, 'seatsDown' | 'proration'>;
  /** A person said that an order or charge of unknown kind is to be billed as it stands. */
  accepted(need: NeedCode, subject: string): boolean;
  /** Of systems whose lines stay open; left out for others. */
  standing?: {
    /** Whether the subscription product's open line has this charge's quantity and price, or those given, already. */
    isOpenLine(charge: Charge, as?: { quantity: Decimal; unitPrice: Decimal }): boolean;
    /** Quantity and unit price of the subscription's product after the order; null where not told. */
    after(order: Order, charge: Charge): { quantity: Decimal; unitPrice: Decimal } | null;
  };
}

/** A charge that shall be a line, and under which fee its product is mapped. */
export interface Wanted {
  charge: Charge;
  fee: FeeKind;
  /**
   * The charge is the open line itself, from that day on, instead of a line of its own; with `as` the line
   * takes that quantity and price, since the charge's own money is left.
   */
  stands?: { from: CalendarDate; as?: { quantity: Decimal; unitPrice: Decimal } };
  /** Beside its own line: what the open line takes from that day on; no price keeps the one there. */
  sets?: { from: CalendarDate; quantity: Decimal; unitPrice: Decimal | null };
}

/** Why a charge is no line although nobody excluded it. */
export type Reason = 'movement' | 'kept-refund' | 'migrated' | 'no-change';
export interface Left {
  charge: Charge;
  reason: Reason;
}
export interface Held {
  charge: Charge | null;
  need: NeedCode;
}

export interface Ruling {
  wanted: Wanted[];
  left: Left[];
  held: Held[];
}

/** One order type: from an order's charges to the lines it wants. All rules share this signature. */
export type Rule = (order: Order, context: RuleContext) => Ruling;

/**
 * The part all order types share: money movements are never a line, unknown kinds are held until a
 * person accepted them, everything else is wanted under its fee.
 */
export function rule(
  feeOf: (charge: Charge) => FeeKind,
  leave: (charge: Charge, context: RuleContext) => Reason | null = () => null,
): Rule {
  return (order, context) => {
    const ruling: Ruling = { wanted: [], left: [], held: [] };
    for (const charge of order.charges) {
      const reason = charge.class === 'movement' ? 'movement' : leave(charge, context);
      if (reason !== null) ruling.left.push({ charge, reason });
      else if (charge.class === 'unknown' && !context.accepted('unknown-charge', charge.key))
        ruling.held.push({ charge, need: 'unknown-charge' });
      else ruling.wanted.push({ charge, fee: feeOf(charge) });
    }
    return ruling;
  };
}

/** The fee of a charge by its class alone; orders that give a class another meaning say so. */
export function feeByClass(charge: Charge): FeeKind {
  switch (charge.class) {
    case 'setup':
    case 'fee':
      return 'setup';
    case 'usage':
      return 'overuse';
    case 'recurring':
    case 'proration':
    case 'credit':
    case 'adjustment':
    case 'discount':
    case 'unknown':
    case 'movement':
      return 'recurring';
    default:
      return charge.class satisfies never;
  }
}
