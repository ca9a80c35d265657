import type { CalendarDate } from './dates.ts';

/** Not the marketplace's: a subscription that ran out without an order, so that its open lines end. */
export const endedOrderId = (subscriptionId: string, on: CalendarDate): string =>
  `ended:${subscriptionId}:${on}`;
export const isEndedOrder = (orderId: string): boolean => orderId.startsWith('ended:');
