import type { Order } from '../../domain/order.ts';
import type { Need } from '../../domain/task.ts';
import type { GroupResult } from './draft-line.ts';
import { need } from './needs.ts';
import { openLineMarker } from './open-lines.ts';
import type { PlanWorld } from './world.ts';

/**
 * A line that stays open and that somebody changed is not changed over their heads: while nobody has said
 * what that means, an order that would change it waits. Other lines of the document go on. Where it is gone,
 * the order asks by itself (`removed-line.ts`).
 */
export function lineChanged(
  world: PlanWorld,
  { customerId }: Order,
  { subscriptionId, lines }: Pick<GroupResult, 'subscriptionId' | 'lines'>,
): Need[] {
  const companyId = world.customerMapping(customerId)?.targetId ?? null;
  const moving = lines.filter(({ stands, sets }) => stands !== undefined || sets !== undefined);
  if (moving.length === 0 || companyId === null) return [];
  const changes = world.documentsOf(companyId).flatMap(({ drift }) => drift?.split(' ') ?? []);
  return moving.flatMap(({ charge }) => {
    const marker = openLineMarker(world, subscriptionId, charge);
    const isChanged = changes.some(
      (change) => change.endsWith(`:${marker}`) && change !== `missing:${marker}`,
    );
    return isChanged ? [need('line-changed', charge.key, {})] : [];
  });
}
