import { addMonths, type CalendarDate } from '../../domain/dates.ts';
import type { OpeningLink } from '../../domain/decision.ts';
import type { Document, DocumentLine } from '../../domain/document.ts';
import { amountText } from '../../domain/money.ts';
import type { Order } from '../../domain/order.ts';
import type { Crypto } from '../../domain/ports/machine.ts';
import type { Subscription } from '../../domain/subscription.ts';
import type { PlanWorld } from './world.ts';

/** How old the newest order may be that an opening answer bills. */
const newestOrderMonthsMax = 1;

export type Opening = 'none' | 'unanswered' | 'next-order' | 'newest-order' | 'link';

export const billFromOf = (world: PlanWorld, customerId: string): CalendarDate | null =>
  world.customerMapping(customerId)?.billFrom ?? world.connection.billFrom;

/**
 * A subscription that was already running at "bill from" was billed by hand until then; a person
 * says once how it goes on. One that starts later has no such question.
 */
export function openingOf(
  world: PlanWorld,
  subscriptionId: string,
  billFrom: CalendarDate,
): Opening {
  const subscription = world.subscription(subscriptionId);
  if (subscription === null || !wasRunning(subscription, billFrom)) return 'none';
  return decisionOf(world, subscription)?.answer ?? 'unanswered';
}

/** The line in the system that a running subscription was billed on by hand, where a person chose one. */
export function openingLinkOf(world: PlanWorld, subscriptionId: string): OpeningLink | null {
  const subscription = world.subscription(subscriptionId);
  const billFrom = subscription === null ? null : billFromOf(world, subscription.customerId);
  if (subscription === null || billFrom === null || !wasRunning(subscription, billFrom))
    return null;
  const decided = decisionOf(world, subscription);
  return decided?.answer === 'link' ? decided : null;
}

/** One decision a subscription: a later answer takes the place of an earlier one. */
export const openingDecisionId = (
  crypto: Pick<Crypto, 'hash'>,
  connectionId: string,
  subscriptionId: string,
): string => crypto.hash(`opening\n${connectionId}\n${subscriptionId}`).slice(0, 32);

/** "Link to an existing line", with what a person saw of it. */
export const openingLinkTo = (
  documentId: string,
  line: Pick<DocumentLine, 'id' | 'description' | 'quantity' | 'unitPrice' | 'amount'>,
  { number, currency }: Pick<Document, 'number' | 'currency'>,
): OpeningLink => ({
  kind: 'opening',
  answer: 'link',
  documentId,
  lineId: line.id,
  seen: {
    number,
    text: line.description,
    quantity: line.quantity,
    unitPrice: line.unitPrice,
    amount: amountText(line.amount),
    currency,
  },
});

/** Whether it is the last order of the subscription before the date. */
export const isNewestBefore = (
  world: PlanWorld,
  order: Order,
  subscriptionId: string,
  billFrom: CalendarDate,
): boolean => world.newestOrderBefore(subscriptionId, billFrom) === order.id;

/** Whether an order before the date is one that "bill its newest order" can have meant. */
export const isYoungEnough = (order: Order, billFrom: CalendarDate): boolean =>
  order.placedOn >= addMonths(billFrom, -newestOrderMonthsMax);

const wasRunning = ({ startDate }: Subscription, billFrom: CalendarDate): boolean =>
  startDate !== null && startDate < billFrom;

const decisionOf = (world: PlanWorld, { id, customerId }: Subscription) =>
  world.decisions.nearest('opening', {
    charge: null,
    orderId: '',
    subscriptionId: id,
    customerId,
  })?.value ?? null;
