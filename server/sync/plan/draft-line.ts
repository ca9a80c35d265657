import type { Charge } from '../../domain/charge.ts';
import type { LineContent } from '../../domain/document.ts';
import type { ChargeKey, Marker } from '../../domain/ids.ts';
import type { Portion } from '../../domain/link.ts';
import type { Money } from '../../domain/money.ts';
import type { Order } from '../../domain/order.ts';
import type { ExplanationStep, PlanLine } from '../../domain/plan.ts';
import type { FeeKind } from '../../domain/product.ts';
import type { Need } from '../../domain/task.ts';
import type { Priced } from './price.ts';
import type { PriceMove } from './price-change.ts';

/** A line that is ready to go to a document. */
export interface DraftLine {
  charge: Charge;
  order: Order;
  portion: Portion;
  marker: Marker;
  fee: FeeKind;
  subscriptionId: string | null;
  productKey: string | null;
  content: LineContent;
  amount: Money;
  priceFrom: Priced['priceFrom'];
  explanation: ExplanationStep[];
  /** The change of price that a person has to answer before the line is written. */
  asks?: PriceMove;
  /** The margin is below the floor, or unknown, and the floor only warns. */
  margin?: 'low' | 'unknown';
  stands?: NonNullable<PlanLine['stands']>;
  sets?: NonNullable<PlanLine['sets']>;
}

/** What one order's charges of one subscription come to: written, left out, to write, or asking. */
export interface GroupResult {
  subscriptionId: string | null;
  chargeKeys: ChargeKey[];
  written: number;
  /** Charges that are no line, each with its reason. */
  left: { chargeKey: string; reason: string }[];
  lines: DraftLine[];
  needs: Need[];
  /** A write about the group is under way and nobody knows its outcome yet. */
  unknown: boolean;
}

/** Whether anything of the group is neither written nor left out. */
export const isOpen = (group: GroupResult): boolean =>
  group.lines.length > 0 || group.written + group.left.length < group.chargeKeys.length;
