import type { StoryName } from '../control/stories.ts';

/** One thing that billing has to stand in real life, with the stories that bring it about. */
export interface StoryPoint {
  point: string;
  stories: readonly StoryName[];
}

/** Every point that a reseller may want to try, and which story of the controls page to tell for it. */
export const STORY_POINTS: readonly StoryPoint[] = [
  {
    point: 'Look before anything is written',
    stories: ['hand-billing', 'order-billing', 'agreements-by-hand', 'contracts-by-hand'],
  },
  { point: 'A charge that is missing', stories: ['forgotten-period', 'forgotten-remembered'] },
  { point: 'Prices, runaway months, margins', stories: ['price-rise', 'runaway', 'thin-margin'] },
  { point: 'Currencies', stories: ['home-vendor'] },
  { point: 'Yearly parts and renewals', stories: ['yearly', 'term-ends'] },
  { point: 'Seats in mid-period', stories: ['seats-in-a-day', 'seats-again', 'more-seats'] },
  { point: 'Customers who leave', stories: ['customer-leaves', 'late-usage', 'late-usage-closed'] },
  { point: 'A wrong mapping', stories: ['two-contacts'] },
  { point: 'Own charges', stories: ['support-by-hand'] },
  { point: 'Month close and penny proof', stories: ['edited-books'] },
  // Another answer about currencies, prices or seats shows what it would have done to these orders.
  { point: 'What if', stories: ['home-vendor', 'price-rise', 'seats-again'] },
  { point: 'Several people', stories: ['big-order'] },
  { point: 'Letters and digest', stories: ['more-seats', 'price-rise'] },
];
