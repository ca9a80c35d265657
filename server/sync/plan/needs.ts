import type { Charge } from '../../domain/charge.ts';
import type { Intent } from '../../domain/intent.ts';
import type { Item } from '../../domain/item.ts';
import { customerMappingId, type ProductMapping } from '../../domain/mapping.ts';
import { amountText, sum } from '../../domain/money.ts';
import type { Order } from '../../domain/order.ts';
import type { Ruling } from '../../domain/rules/rule.ts';
import type { Need, NeedCode } from '../../domain/task.ts';
import { documentCurrency } from './document-currency.ts';
import type { PlanWorld } from './world.ts';

/** A question or guard; `facts` fill the sentence of the catalogue, `seen` is what is accepted. */
export const need = (
  code: NeedCode,
  subject: string,
  facts: Record<string, string>,
  guard = false,
): Need => ({ code, subject, facts, guard });

/** A person looks in the system and says what became of a write; `seen` is the write they answer for. */
export const unclearNeed = ({ id, lookAt }: Intent): Need =>
  need('outcome-unclear', id, { lookAt: lookAt ?? '', seen: id }, true);

/** What an order needs from a person before any of its charges can be a line. */
export function orderNeeds(world: PlanWorld, order: Order, ruling: Ruling): Need[] {
  const needs: Need[] = ruling.held
    .filter(({ charge }) => charge === null)
    .map((held) => need(held.need, order.id, { order: order.number }));
  if (world.connection.billFrom === null) needs.push(need('bill-from', world.connection.id, {}));
  needs.push(...companyNeeds(world, order.customerId));
  const differs = totalDiffers(world, order);
  if (
    differs !== null &&
    !world.decisions.accepted(differs.code, order.id).includes(differs.facts.seen ?? '')
  )
    needs.push(differs);
  const currency = documentCurrency(world, order, order.total.currency);
  if (world.reference !== null && !world.reference.currencies.includes(currency))
    needs.push(need('currency-disabled', order.customerId, { currency }, true));
  return needs;
}

/** What a single charge needs: a place in the catalogue that is still there. */
export function chargeNeeds(
  world: PlanWorld,
  {
    charge,
    productKey,
    mapping,
    item,
    recurs,
  }: {
    charge: Charge;
    productKey: string | null;
    mapping: ProductMapping | null;
    item: Item | null;
    /** Whether it is to stand on an open line. */
    recurs: boolean;
  },
): Need[] {
  const needs: Need[] = [];
  if (
    charge.subscriptionId === null &&
    charge.candidates.length > 1 &&
    world.decisions.nearest('subscription', {
      charge,
      orderId: charge.orderId,
      subscriptionId: null,
      customerId: '',
    }) === null
  )
    needs.push(
      need('subscription-of-charge', charge.key, { candidates: charge.candidates.join(' ') }),
    );
  const mapped = mapping !== null && (mapping.targetId !== null || mapping.accountCode !== null);
  if (productKey !== null && !mapped)
    needs.push(
      need('map-product', productKey, {
        product: world.product(productKey)?.name ?? charge.description,
      }),
    );
  if (mapping?.targetId != null && item?.archived !== false)
    needs.push(
      need(
        'map-product',
        productKey ?? '',
        { product: mapping.targetName ?? '', archived: 'yes' },
        true,
      ),
    );
  if (recurs && item?.recurs === false)
    needs.push(need('item-recurring', productKey ?? '', { mapped: item.name }));
  if (
    mapping?.targetId != null &&
    world.settings.sharedItems === 'refused' &&
    world.productsOfItem(mapping.targetId).length > 1
  )
    needs.push(need('shared-item', productKey ?? '', { item: mapping.targetName ?? '' }, true));
  return needs;
}

function companyNeeds(world: PlanWorld, customerId: string): Need[] {
  const mapping = world.customerMapping(customerId);
  const name = world.customer(customerId)?.name ?? '';
  if (mapping?.targetId == null)
    return [
      need('map-customer', customerId, {
        customer: name,
        mapping: customerMappingId(world.connection.id, customerId),
      }),
    ];
  const company = world.company(mapping.targetId);
  if (company?.archived !== false)
    return [
      need(
        'company-archived',
        customerId,
        { customer: name, company: company?.name ?? mapping.targetName ?? '' },
        true,
      ),
    ];
  return [];
}

/**
 * The sum of charges must be the order's total within one minor unit, without tax or with. Which of
 * both an installation means is found on its first orders and then held.
 */
function totalDiffers(world: PlanWorld, order: Order): Need | null {
  const billed = order.charges.filter((charge) => charge.class !== 'movement');
  if (billed.length === 0) return null;
  if (billed.some((charge) => charge.amount.currency !== order.total.currency))
    return need(
      'currency-differs',
      order.id,
      { currency: order.total.currency, seen: order.revision },
      true,
    );
  const net = sum(
    order.total.currency,
    billed.map((charge) => charge.amount),
  ).amountMinor;
  const gross = net + billed.reduce((tax, charge) => tax + (charge.tax?.amountMinor ?? 0n), 0n);
  const fits = (amount: bigint): boolean =>
    amount - order.total.amountMinor <= 1n && order.total.amountMinor - amount <= 1n;
  const { totalsInclude } = world.connection;
  const matches =
    totalsInclude === 'net'
      ? fits(net)
      : totalsInclude === 'tax'
        ? fits(gross)
        : fits(net) || fits(gross);
  if (matches) return null;
  const currency = order.total.currency;
  return need(
    'total-differs',
    order.id,
    {
      sum: amountText({ amountMinor: net, currency }),
      total: amountText(order.total),
      currency,
      seen: order.revision,
    },
    true,
  );
}

/** Which reading of totals an order proves; null where both or neither fit. */
export function totalsReading(order: Order): 'net' | 'tax' | null {
  const billed = order.charges.filter(
    (charge) => charge.class !== 'movement' && charge.amount.currency === order.total.currency,
  );
  if (billed.length === 0) return null;
  const net = billed.reduce((amount, charge) => amount + charge.amount.amountMinor, 0n);
  const tax = billed.reduce((amount, charge) => amount + (charge.tax?.amountMinor ?? 0n), 0n);
  if (tax === 0n) return null;
  if (net === order.total.amountMinor) return 'net';
  return net + tax === order.total.amountMinor ? 'tax' : null;
}
