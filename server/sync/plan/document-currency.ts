import type { Order } from '../../domain/order.ts';
import type { PlanWorld } from './world.ts';

/**
 * The currency of the document for an order in `from`: its own one, unless the setting wants the
 * customer's. A person may say of a single order that it has a document in its own currency.
 */
export function documentCurrency(world: PlanWorld, order: Order, from: string): string {
  const { otherCurrency } = world.settings;
  const isOwn =
    otherCurrency === 'separate' ||
    // What stays open on a contract has the currency of its company, which is another question.
    world.manifest.kind !== 'perOrder' ||
    order.type === 'own' ||
    world.decisions.accepted('no-rate', order.id).length > 0;
  if (isOwn) return from;
  const { baseCurrency } = world.connection.account;
  // The company's own currency decides; the system's prices are in the base currency alone.
  const targetId = world.customerMapping(order.customerId)?.targetId ?? null;
  const kept = targetId === null ? null : (world.company(targetId)?.currency ?? null);
  if (kept === from) return from;
  return otherCurrency === 'system-price' ? baseCurrency : (kept ?? baseCurrency);
}
