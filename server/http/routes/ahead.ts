import { openRests } from '../../sync/ahead/open-rests.ts';
import { renewalDaysAhead, renewalsAhead } from '../../sync/ahead/renewals-ahead.ts';
import { atConnection, type Desk } from '../desk.ts';
import { moneyView, totalsView } from '../present/money.ts';
import { type AnyRoute, route } from '../route.ts';

/** What comes: terms that end soon with their amount, and what is open of years paid in parts. */
export const aheadRoutes = (desk: Desk): AnyRoute[] => [
  route(
    'GET /v1/connections/:connectionId/ahead',
    { role: 'viewer' },
    async ({ session, params }) => {
      const { reader, world } = await atConnection(desk, session.tenantId, params.connectionId);
      const customerName = (id: string): string => world.customer(id)?.name ?? id;
      return {
        days: renewalDaysAhead,
        renewals: renewalsAhead(reader, world).map(
          ({ subscription, on, renews, amounts, period }) => ({
            subscriptionId: subscription.id,
            name: subscription.name,
            customerName: customerName(subscription.customerId),
            on,
            renews,
            amounts: totalsView(amounts),
            period,
          }),
        ),
        parts: openRests(reader, world).map((one) => ({
          subscriptionId: one.subscriptionId,
          name: world.subscription(one.subscriptionId)?.name ?? one.subscriptionId,
          customerName: customerName(one.customerId),
          orderNumber: one.orderNumber,
          whole: moneyView(one.whole),
          billed: one.billed,
          count: one.count,
          open: moneyView(one.open),
          next: one.next,
        })),
      };
    },
  ),
];
