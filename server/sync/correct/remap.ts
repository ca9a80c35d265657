import type { CalendarDate, Instant } from '../../domain/dates.ts';
import { type ConnectionId, ownKey } from '../../domain/ids.ts';
import type { Link } from '../../domain/link.ts';
import { productMappingId, type Remap } from '../../domain/mapping.ts';
import type { Reader, Transaction } from '../../domain/ports/store.ts';
import { feeByClass } from '../../domain/rules/rule.ts';
import type { Actor } from '../../domain/tenant.ts';
import { customerMappingOf, mapCustomer, mapProduct, productMappingOf } from '../mapping/map.ts';
import { linkStateOf } from '../plan/links.ts';
import type { PlanWorld } from '../plan/world.ts';

/** What is mapped now; null where nothing is. */
export const targetNow = (
  reader: Reader,
  connectionId: ConnectionId,
  of: Remap['of'],
): string | null =>
  of.kind === 'customer'
    ? customerMappingOf(reader, connectionId, of.customerId).targetId
    : productMappingOf(reader, connectionId, of.productKey, of.fee).targetId;

/** The customer or product, and what it is mapped to, as people name them. */
export const nameOfMapped = (reader: Reader, of: Remap['of']): string =>
  of.kind === 'customer'
    ? (reader.get('customer', of.customerId)?.name ?? of.customerId)
    : (reader.get('product', of.productKey)?.name ?? of.productKey);
export const nameOfTarget = (
  reader: Reader,
  connectionId: ConnectionId,
  of: Remap['of'],
  targetId: string,
): string =>
  (of.kind === 'customer'
    ? reader.get('company', ownKey(connectionId, targetId))?.company.name
    : reader.get('item', ownKey(connectionId, targetId))?.item.name) ?? targetId;

/** Stores the mapping as it should have been since the day; false where the target is unknown. */
export function applyRemap(
  change: { tx: Transaction; connectionId: ConnectionId; by: Actor; at: Instant },
  { of, is, since }: Remap,
): boolean {
  const corrected = { ...change, how: 'corrected' as const };
  return of.kind === 'customer'
    ? mapCustomer(corrected, of.customerId, is, since)
    : mapProduct(corrected, { ...of, targetId: is, from: since });
}

/** Puts the mapping back as it was, unless somebody has chosen anew since. */
export function revertRemap(
  change: { tx: Transaction; connectionId: ConnectionId; by: Actor; at: Instant },
  { of, was, is }: Remap,
): void {
  if (targetNow(change.tx, change.connectionId, of) !== is) return;
  const undone = { ...change, how: 'undone' as const };
  if (of.kind === 'customer') mapCustomer(undone, of.customerId, was);
  else mapProduct(undone, { ...of, targetId: was });
}

/**
 * The day a charge is for: the first of its service period, else that of its order. "Since" is about
 * this day, not about the day on which a line was written.
 */
export const serviceDay = (link: Pick<Link, 'period'>, placedOn: CalendarDate): CalendarDate =>
  link.period?.start ?? placedOn;

/** The lines that stand where the wrong mapping put them, for service since the day. */
export function linesToMove(reader: Reader, world: PlanWorld, remap: Remap): Link[] {
  const isWrong = wrong(world, remap);
  return reader.list('link').filter((link) => {
    if (link.connectionId !== world.connection.id || link.state !== 'live' || link.sign !== 1)
      return false;
    if (linkStateOf(reader, link.chargeKey).live?.id !== link.id) return false;
    const order = reader.get('order', link.orderId);
    return order !== null && serviceDay(link, order.placedOn) >= remap.since && isWrong(link);
  });
}

/** Whether a line is the mapping's, and not where the right one would put it already. */
function wrong(world: PlanWorld, { of, is }: Remap): (link: Link) => boolean {
  if (of.kind === 'customer')
    return (link) =>
      link.customerId === of.customerId &&
      world.snapshot(link.documentId)?.document.companyId !== is;
  const id = productMappingId(world.connection.id, of.productKey, of.fee);
  const code = world.item(is)?.code ?? null;
  return (link) => {
    if (link.productKey !== of.productKey) return false;
    const charge = world.order(link.orderId)?.charges.find(({ key }) => key === link.chargeKey);
    if (charge === undefined || world.productMapping(of.productKey, feeByClass(charge))?.id !== id)
      return false;
    const line = world
      .snapshot(link.documentId)
      ?.document.lines.find(({ marker }) => marker === link.marker);
    return line === undefined || line.itemCode !== code;
  };
}
