import { dailyMs, hourlyMs } from '../check/limits.ts';

/** Documents that are seen to in one check: a call to the system each, and one to the marketplace for each customer. */
export const documentsAtOnceMax = 25;
/** A list that stands is looked at again after this long. */
export const placedEveryMs = dailyMs;
/** What was not told, or not answered, is asked for again after this long. */
export const againEveryMs = hourlyMs;
/** A refusal is not cured by asking: it is tried again after this long, or at once when a person checks. */
export const refusedEveryMs = dailyMs;
