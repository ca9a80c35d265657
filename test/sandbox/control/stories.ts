import * as v from 'valibot';
import { ActionRefused } from '../marketplace/scene.ts';
import { editBooks } from '../stories/edited-books.ts';
import { billByHand } from '../stories/hand-billing.ts';
import { billOrdersByHand } from '../stories/order-billing.ts';
import { billSupport } from '../stories/support-by-hand.ts';
import { addTwin } from '../stories/two-contacts.ts';
import type { World } from '../world.ts';
import { marketStories, marketStoryNames } from './market-stories.ts';

/** What a person does in an organisation of Xero. */
export const organisationStoryNames = [
  'hand-billing',
  'order-billing',
  'support-by-hand',
  'two-contacts',
  'edited-books',
] as const;
export type StoryName = (typeof organisationStoryNames)[number] | (typeof marketStoryNames)[number];

export const StoryCommand = v.variant('story', [
  v.strictObject({
    story: v.picklist(organisationStoryNames),
    /** Xero's id of the organisation. */
    organisation: v.string(),
  }),
  v.strictObject({ story: v.picklist(marketStoryNames) }),
]);

/** Tells a story into the world: what happened there before the app came, or happens now. */
export function tellStory(world: World, command: v.InferOutput<typeof StoryCommand>): object {
  if (!('organisation' in command)) return marketStories[command.story](world);
  const { story, organisation } = command;
  const found = world.systems.xero
    .organisations()
    .find(({ tenantId, name }) => tenantId === organisation || name === organisation);
  if (found === undefined) throw new ActionRefused('there is no such organisation');
  switch (story) {
    case 'hand-billing':
      return billByHand(world, found.tenantId);
    case 'order-billing':
      return billOrdersByHand(world, found.tenantId);
    case 'support-by-hand':
      return billSupport(world, found.tenantId);
    case 'two-contacts':
      return addTwin(world, found.tenantId);
    case 'edited-books':
      return editBooks(world, found.tenantId);
    default:
      return story satisfies never;
  }
}
