import type { Charge } from '../../domain/charge.ts';
import { addDays } from '../../domain/dates.ts';
import { compare, type Decimal, multiply, subtract } from '../../domain/decimal.ts';
import type { DocumentLine } from '../../domain/document.ts';
import type { Marker } from '../../domain/ids.ts';
import { productKeyOf } from '../../domain/mapping.ts';
import { money } from '../../domain/money.ts';
import type { Order } from '../../domain/order.ts';
import { notExported } from '../../domain/settings.ts';
import { type Shape, shapeOf } from '../../domain/shape.ts';
import { openMarker } from '../markers.ts';
import { mergedEdit } from './decisions.ts';
import { openingLinkOf } from './opening.ts';
import type { Snapshot } from './snapshots.ts';
import type { PlanWorld } from './world.ts';

/** The line that stays open for a subscription's product, with the document it stands on. */
export interface OpenLine {
  snapshot: Snapshot;
  line: DocumentLine;
}

/** The mark of a subscription product's open line: the same for every order that changes it. */
export const openLineMarker = (
  world: PlanWorld,
  subscriptionId: string | null,
  charge: Charge,
): Marker =>
  openMarker(world.crypto, world.scope, {
    subscriptionId,
    orderId: charge.orderId,
    productKey: productKeyOf(charge),
    chargeKey: charge.key,
  });

/** By its mark, else the line that a person linked the running subscription to. */
export function openLineOf(
  world: PlanWorld,
  subscriptionId: string | null,
  charge: Charge,
): OpenLine | null {
  const marked = world.markedLine(openLineMarker(world, subscriptionId, charge));
  if (marked !== null) return marked;
  const linked = subscriptionId === null ? null : openingLinkOf(world, subscriptionId);
  const snapshot = linked === null ? null : world.snapshot(linked.documentId);
  const line = snapshot?.document.lines.find(({ id }) => id === linked?.lineId);
  return snapshot === null || line === undefined ? null : { snapshot, line };
}

/** Whether the open line says what the charge does, so that nothing is to be written. */
export function isOpenLine(
  world: PlanWorld,
  subscriptionId: string | null,
  charge: Charge,
  as?: { quantity: Decimal; unitPrice: Decimal },
): boolean {
  const open = openLineOf(world, subscriptionId, charge);
  if (open === null) return false;
  const price = as === undefined ? ownPrice(world, subscriptionId, charge) : null;
  const told = as ?? standingShape(world, shapeOfCharge(charge), charge);
  const { quantity, unitPrice } =
    price === null ? told : { quantity: charge.quantity, unitPrice: price };
  const leaves = notExported(world.settings, world.manifest.standing?.exports);
  return (
    (leaves.includes('quantity') || compare(open.line.quantity, quantity) === 0) &&
    (leaves.includes('price') || compare(open.line.unitPrice, unitPrice) === 0)
  );
}

/**
 * What the subscription's product comes to after the order, at what a whole period of it costs with the
 * charge's discount: as the subscription says it where the order is its newest, else as the order's own
 * product line and the charge's price do.
 */
export function afterOrder(
  world: PlanWorld,
  order: Order,
  charge: Charge,
  subscriptionId: string | null,
): { quantity: Decimal; unitPrice: Decimal } | null {
  const isSame = (of: { productId: string | null; partNumber: string | null }): boolean =>
    (charge.productId !== null && of.productId === charge.productId) ||
    (charge.partNumber !== null && of.partNumber === charge.partNumber);
  const subscription = subscriptionId === null ? null : world.subscription(subscriptionId);
  const held = subscription?.products.find(isSame);
  const isNewest =
    subscriptionId !== null &&
    world.newestOrderBefore(subscriptionId, addDays(world.today, 2)) === order.id;
  const now = isNewest ? held : undefined;
  const ordered = order.products.find(isSame);
  const quantity = now?.quantity ?? ordered?.quantity ?? held?.quantity;
  const unitPrice = now?.unitPrice ?? charge.unitPrice ?? held?.unitPrice;
  if (quantity == null || unitPrice == null) return null;
  const own = ownPrice(world, subscriptionId, charge);
  if (own !== null) return { quantity, unitPrice: own };
  const price = unitPrice.replace(/^-/, '');
  // With tiers the whole is not quantity times price.
  const listed = now?.amount ?? multiply(quantity, price);
  const { currency } = charge.amount;
  const amount = money(multiply(listed, leftOf(charge)), currency);
  return standingShape(world, shapeOf({ amount, quantity, unitPrice: price }), { amount });
}

/**
 * What a unit of the line costs for a whole period where the marketplace does not say it: the price that
 * a person keeps for more than one order, else the catalogue's where prices come from there.
 */
function ownPrice(world: PlanWorld, subscriptionId: string | null, charge: Charge): Decimal | null {
  const customerId = world.order(charge.orderId)?.customerId ?? '';
  const kept = mergedEdit(
    world.decisions
      .edits({ charge, orderId: charge.orderId, subscriptionId, customerId })
      .filter(({ scope }) => scope.kind !== 'order' && scope.kind !== 'charge'),
  );
  if (kept.unitPrice !== undefined) return kept.unitPrice;
  if ((kept.priceFrom ?? world.settings.priceFrom) !== 'system') return null;
  const productKey = productKeyOf(charge);
  const target =
    productKey === null ? null : world.productMapping(productKey, 'recurring')?.targetId;
  return target == null ? null : (world.item(target)?.price ?? null);
}

/** What a discount in percent leaves of a price. */
const leftOf = ({ discount }: Pick<Charge, 'discount'>): Decimal =>
  discount?.kind === 'percent' ? multiply(subtract('100', discount.value), '0.01') : '1';

const shapeOfCharge = ({ amount, quantity, unitPrice }: Charge): Shape =>
  shapeOf({ amount, quantity, unitPrice });

/** A system of whole units takes a part of one as a single unit at the whole amount. */
export function standingShape(
  world: PlanWorld,
  shape: Shape,
  { amount }: Pick<Charge, 'amount'>,
): Shape {
  const isWhole = /^\d+$/.test(shape.quantity);
  return world.manifest.standing?.wholeUnits === true && !isWhole
    ? shapeOf({ amount, quantity: '1', unitPrice: null })
    : shape;
}
