import { ownKey } from '../../domain/ids.ts';
import { productKeyOf, productMappingId } from '../../domain/mapping.ts';
import type { Money } from '../../domain/money.ts';
import { isOwnProduct } from '../../domain/own-charge.ts';
import type { Reader } from '../../domain/ports/store.ts';
import type { FeeKind } from '../../domain/product.ts';
import { feeByClass } from '../../domain/rules/rule.ts';
import { billingConnection } from '../../sync/check/who-bills.ts';
import { customerMappingOf, productMappingOf } from '../../sync/mapping/map.ts';
import type { PlanWorld } from '../../sync/plan/world.ts';
import { moneyView, totalsView } from '../present/money.ts';
import { monthlyBy } from '../present/monthly.ts';
import { customerTarget } from '../present/task.ts';
import type { CustomerMappingRow, ProductMappingRow } from '../views/mappings.ts';

/** All customers of the marketplace with where they are mapped, and what they are worth a month. */
export function customerRows(reader: Reader, world: PlanWorld): CustomerMappingRow[] {
  const monthly = monthlyBy(reader, 'customer');
  const waiting = new Map<string, Money[]>();
  for (const task of world.tasks())
    if (task.state !== 'ignored')
      waiting.set(task.customerId, [...(waiting.get(task.customerId) ?? []), task.amount]);
  return reader.list('customer').map((customer) => {
    const mapping = customerMappingOf(reader, world.connection.id, customer.id);
    const scheduled =
      mapping.targetId === null
        ? null
        : (world.company(mapping.targetId)?.billedBySchedule ?? null);
    const excluded = world.decisions.exclusion(
      { charge: null, orderId: '', subscriptionId: null, customerId: customer.id },
      world.today,
    );
    return {
      id: customer.id,
      name: customer.name,
      status: customer.status,
      target: customerTarget(reader, world, customer.id),
      suggestion: mapping.suggestion,
      monthly: totalsView(monthly.get(customer.id) ?? []),
      automatic: mapping.automatic,
      billedBy: billingConnection(reader, customer.id)?.id ?? null,
      billFrom: mapping.billFrom,
      waiting: totalsView(waiting.get(customer.id) ?? []),
      excluded:
        excluded === null ? null : { reason: excluded.value.reason, until: excluded.value.until },
      billedBySchedule:
        scheduled === null
          ? null
          : {
              amount: moneyView(scheduled.amount),
              every: scheduled.every,
              answered: mapping.scheduleAnswered,
            },
    };
  });
}

/** Products that appear in orders or subscriptions, each with the fees that were charged for it. */
export function billedProducts(
  reader: Reader,
): { productKey: string; fees: Set<FeeKind>; name: string }[] {
  const products = new Map<string, { productKey: string; fees: Set<FeeKind>; name: string }>();
  const note = (
    of: { productId: string | null; partNumber: string | null },
    name: string,
    fee: FeeKind,
  ): void => {
    const productKey = productKeyOf(of);
    // Where an own charge is booked is chosen with it.
    if (productKey === null || isOwnProduct(productKey)) return;
    const known = products.get(productKey) ?? { productKey, fees: new Set(), name };
    known.fees.add(fee);
    products.set(productKey, known);
  };
  for (const charge of reader.list('charge'))
    if (charge.class !== 'movement') note(charge, charge.description, feeByClass(charge));
  for (const subscription of reader.list('subscription'))
    if (subscription.status === 'active')
      for (const product of subscription.products) note(product, product.name, 'recurring');
  return [...products.values()];
}

/** A row a product, and one more for each fee that has or could have a place of its own. */
export function productRows(reader: Reader, world: PlanWorld): ProductMappingRow[] {
  const monthly = monthlyBy(reader, 'product');
  return billedProducts(reader).flatMap(({ productKey, fees, name }) => {
    const extra = [...fees].filter((fee) => fee !== 'recurring');
    const cancellation: FeeKind[] =
      reader.get(
        'productMapping',
        productMappingId(world.connection.id, productKey, 'cancellation'),
      ) === null
        ? []
        : ['cancellation'];
    return [null, ...new Set([...extra, ...cancellation])].map((fee) =>
      productRow(reader, world, { productKey, fee, name, monthly: monthly.get(productKey) ?? [] }),
    );
  });
}

function productRow(
  reader: Reader,
  world: PlanWorld,
  {
    productKey,
    fee,
    name,
    monthly,
  }: { productKey: string; fee: FeeKind | null; name: string; monthly: Money[] },
): ProductMappingRow {
  const mapping = productMappingOf(reader, world.connection.id, productKey, fee);
  const product = world.product(productKey);
  const item =
    mapping.targetId === null
      ? null
      : (reader.get('item', ownKey(world.connection.id, mapping.targetId))?.item ?? null);
  const excluded = world.decisions.productExclusion(productKey, world.today);
  return {
    id: mapping.id,
    productKey,
    name: product?.name ?? name,
    vendor: product?.vendor ?? null,
    partNumber: product?.partNumber ?? null,
    fee,
    target:
      item === null
        ? null
        : { id: item.id, name: item.name, detail: item.code, archived: item.archived },
    suggestion: mapping.suggestion,
    monthly: fee === null ? totalsView(monthly) : [],
    accountCode: mapping.accountCode,
    taxType: mapping.taxType,
    excluded:
      excluded === null ? null : { reason: excluded.value.reason, until: excluded.value.until },
  };
}
