import * as v from 'valibot';
import { ActionRefused } from '../marketplace/scene.ts';
import { billByHand, type HandBilling } from '../stories/hand-billing.ts';
import { billOrdersByHand, type OrderBilling } from '../stories/order-billing.ts';
import { addTwin, type TwoContacts } from '../stories/two-contacts.ts';
import type { World } from '../world.ts';

export const StoryCommand = v.strictObject({
  story: v.picklist(['hand-billing', 'order-billing', 'two-contacts']),
  /** Xero's id of the organisation. */
  organisation: v.string(),
});

/** Tells a story into the world: what happened there before the app came. */
export function tellStory(
  world: World,
  { story, organisation }: v.InferOutput<typeof StoryCommand>,
): HandBilling | OrderBilling | TwoContacts {
  const found = world.systems.xero
    .organisations()
    .find(({ tenantId, name }) => tenantId === organisation || name === organisation);
  if (found === undefined) throw new ActionRefused('there is no such organisation');
  switch (story) {
    case 'hand-billing':
      return billByHand(world, found.tenantId);
    case 'order-billing':
      return billOrdersByHand(world, found.tenantId);
    case 'two-contacts':
      return addTwin(world, found.tenantId);
    default:
      return story satisfies never;
  }
}
