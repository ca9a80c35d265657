import { orderMuch } from '../stories/big-order.ts';
import { leaveAll, rateLate } from '../stories/customer-leaves.ts';
import { forgetPeriod, rememberPeriod } from '../stories/forgotten-period.ts';
import { billAtHome } from '../stories/home-vendor.ts';
import { takeMoreSeats } from '../stories/more-seats.ts';
import { keepOpenLines } from '../stories/open-lines.ts';
import { raisePrice } from '../stories/price-rise.ts';
import { runAway } from '../stories/runaway.ts';
import { changeInADay } from '../stories/seat-changes.ts';
import { changeSeatsAgain } from '../stories/seats-again.ts';
import { endTerm } from '../stories/term-ends.ts';
import { squeezeMargin } from '../stories/thin-margin.ts';
import { sellYearly } from '../stories/yearly.ts';
import type { World } from '../world.ts';

export const marketStoryNames = [
  'price-rise',
  'runaway',
  'thin-margin',
  'home-vendor',
  'big-order',
  'customer-leaves',
  'late-usage',
  'late-usage-closed',
  'yearly',
  'seats-in-a-day',
  'seats-again',
  'forgotten-period',
  'forgotten-remembered',
  'term-ends',
  'more-seats',
  'agreements-by-hand',
  'contracts-by-hand',
] as const;
type MarketStory = (typeof marketStoryNames)[number];

/** What happens whatever is connected, at the marketplace or in a PSA; each answers what it changed. */
export const marketStories: Readonly<Record<MarketStory, (world: World) => object>> = {
  'price-rise': raisePrice,
  runaway: runAway,
  'thin-margin': squeezeMargin,
  'home-vendor': billAtHome,
  'big-order': orderMuch,
  'customer-leaves': leaveAll,
  'late-usage': (world) => rateLate(world, { closes: false }),
  'more-seats': takeMoreSeats,
  'late-usage-closed': (world) => rateLate(world, { closes: true }),
  yearly: sellYearly,
  'seats-in-a-day': changeInADay,
  'seats-again': changeSeatsAgain,
  'forgotten-period': forgetPeriod,
  'forgotten-remembered': rememberPeriod,
  'term-ends': endTerm,
  'agreements-by-hand': (world) => keepOpenLines(world, 'connectwise'),
  'contracts-by-hand': (world) => keepOpenLines(world, 'autotask'),
};
