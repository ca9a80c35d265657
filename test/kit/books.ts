import { type Audit, audit } from '../bookkeeper/audit.ts';
import { type Books, defaultBookSettings } from '../bookkeeper/books.ts';
import { FIRST_TENANT_ID } from '../sandbox/marketplace/config.ts';
import { decisionsIn } from './decisions.ts';
import type { Ready } from './ready-road.ts';

/** The bookkeeper's judgement of what stands in Xero; `more` is what people decided meanwhile. */
export async function auditOf(ready: Ready, more: Partial<Books> = {}): Promise<Audit> {
  const { world } = ready.road;
  return audit({
    marketplace: world.marketplace.journal(),
    system: world.systems.xero.journal(),
    books: { ...(await booksOf(ready)), ...more },
  });
}

/** What the reseller chose, as the app's own screens show it. */
export async function booksOf({ road, params, organisation, billFrom }: Ready): Promise<Books> {
  const customers = await road.call('GET /v1/connections/:connectionId/mappings/customers', {
    params,
  });
  const products = await road.call('GET /v1/connections/:connectionId/mappings/products', {
    params,
  });
  const { settings } = await road.call('GET /v1/connections/:connectionId/settings', { params });
  const decisions = await decisionsIn({ road, params });
  const own = await road.call('GET /v1/connections/:connectionId/own-charges', {
    params,
    query: {},
  });
  const account = road.world.marketplace.market.account(FIRST_TENANT_ID);
  return {
    reseller: FIRST_TENANT_ID,
    organisation,
    baseCurrency: 'AUD',
    today: new Date(road.world.clock.nowMs()).toISOString().slice(0, 10),
    billFrom,
    settings: {
      ...defaultBookSettings,
      seatsDown: settings.seatsDown,
      proration: settings.proration,
      refunds: settings.refunds,
      zeroLines: settings.zeroLines,
      otherCurrency: settings.otherCurrency,
      yearly: settings.yearly,
    },
    customers: Object.fromEntries(
      customers.rows.flatMap(({ id, target }) =>
        target === null ? [] : [[id, { contact: target.id }]],
      ),
    ),
    products: products.rows.flatMap(({ productKey, fee, target }) =>
      target === null
        ? []
        : [{ product: productKey, item: target.id, ...(fee === null ? {} : { fee }) }],
    ),
    rates: settings.rates,
    own: own.rows.map(({ customerId, amount, ...rest }) => ({
      ...rest,
      customer: customerId,
      currency: amount.currency,
    })),
    openings: {
      ...Object.fromEntries(
        [...account.subscriptions.keys()].map((id) => [id, 'next-order' as const]),
      ),
      ...Object.fromEntries(
        decisions.flatMap(({ scope, value }) =>
          scope.kind === 'subscription' && value.kind === 'opening'
            ? [[scope.subscriptionId, value.answer]]
            : [],
        ),
      ),
    },
    straddles: decisions.flatMap(({ scope, value }) =>
      scope.kind === 'customer' && value.kind === 'straddle'
        ? [{ customer: scope.customerId, answer: value.answer }]
        : [],
    ),
  };
}
