import * as v from 'valibot';
import { ActionRefused } from '../marketplace/scene.ts';
import { billByHand, type HandBilling } from '../stories/hand-billing.ts';
import { billOrdersByHand, type OrderBilling } from '../stories/order-billing.ts';
import type { World } from '../world.ts';

export const StoryCommand = v.strictObject({
  story: v.picklist(['hand-billing', 'order-billing']),
  /** Xero's id of the organisation. */
  organisation: v.string(),
});

/** Tells a story into the world: what happened there before the app came. */
export function tellStory(
  world: World,
  { story, organisation }: v.InferOutput<typeof StoryCommand>,
): HandBilling | OrderBilling {
  const found = world.systems.xero
    .organisations()
    .find(({ tenantId, name }) => tenantId === organisation || name === organisation);
  if (found === undefined) throw new ActionRefused('there is no such organisation');
  return story === 'hand-billing'
    ? billByHand(world, found.tenantId)
    : billOrdersByHand(world, found.tenantId);
}
