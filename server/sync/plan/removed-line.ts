import { isZero } from '../../domain/decimal.ts';
import type { Link } from '../../domain/link.ts';
import type { Need } from '../../domain/task.ts';
import type { LineFigures } from './line-figures.ts';
import { need } from './needs.ts';
import { openLineMarker } from './open-lines.ts';
import type { WantedLine } from './wanted-line.ts';
import type { PlanWorld } from './world.ts';

/**
 * A line that a person took off its agreement or contract is never put back unasked, whatever its
 * subscription's later orders say. The answer is about that line: one that is opened anew and taken off
 * as well asks again.
 */
export function removedLineNeeds(
  world: PlanWorld,
  { charge, order, stands, sets, subscriptionId, productKey }: WantedLine,
  open: LineFigures['open'],
): Need[] {
  const quantity = sets?.quantity ?? stands?.as?.quantity ?? charge.quantity;
  if (open !== null || (stands ?? sets) === undefined || isZero(quantity)) return [];
  const marker = openLineMarker(world, subscriptionId, charge);
  const removed = world
    .stepsOf(marker)
    .findLast((link) => link.chargeKey !== charge.key && isRemoved(world, link));
  if (removed === undefined) return [];
  const subject = subscriptionId ?? order.id;
  const seen = `${marker} ${removed.lineId}`;
  if (world.decisions.accepted('line-removed', subject).includes(seen)) return [];
  const from = removed.documentNumber ?? removed.documentId;
  return [need('line-removed', subject, { from, productKey: productKey ?? '', seen })];
}

/** It was billed and its line is gone, or was gone and a person left it at that. */
function isRemoved(world: PlanWorld, link: Link): boolean {
  const { chargeKey, orderId, subscriptionId, customerId, documentId } = link;
  if (link.state === 'live')
    return (
      world.linkState(chargeKey).live?.id === link.id &&
      // What could not be read whole may still have it; its own write looks.
      world.snapshot(documentId)?.document.whole !== false
    );
  const charge = { key: chargeKey, orderId, productId: null, partNumber: null };
  const place = { charge, orderId, subscriptionId, customerId };
  return world.decisions.exclusion(place, world.today) !== null;
}
