const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;

/** Reading always runs; the setting governs writing (DESIGN.md 3, Check). */
export const checkEveryMs = 5 * minuteMs;
/** Tenants spread by this much to either side, so that they do not call a vendor together. */
export const jitterMs = 30_000;
/** Every order window begins this long before the cursor. */
export const windowOverlapMs = dayMs;
/** An open order keeps the window open for this long; older ones are read one by one. */
export const openOrderWindowMs = 7 * dayMs;
/** An order that never completes is given up after this long. */
export const openOrderMaxMs = 90 * dayMs;
/** A bill-from date begins in the connection's time zone, which is up to 14 hours ahead. */
export const zoneSlackMs = dayMs;
/** Slightly below the full time, so that jitter does not make a daily reading two-daily. */
export const dailyMs = dayMs - 10 * minuteMs;
export const hourlyMs = hourMs - 5 * minuteMs;
/** What connecting read is not read again by a check within this time. */
export const justNowMs = hourMs;

/** Open tasks of a tenant; beyond, nothing is taken in and the cursor waits (DESIGN.md 8). */
export const openTasksMax = 2_000;
/** Records set aside at a time; beyond, what is bad stops its reading, as it would without setting aside. */
export const setAsideMax = 200;
/** Orders that were set aside and are tried again in one check: a call each. */
export const setAsideTriedAtOnce = 50;
/** Vain readings of one order that nobody is told of: the marketplace may be slow for a moment. */
export const missedQuietlyMax = 3;
/** Order details in a row that the marketplace does not give; from here on it is the marketplace. */
export const detailsMissedInRowMax = 3;
/** Orders stored with their charges and tasks in one transaction. */
export const ordersPerCommit = 50;
/** Customers, products, companies and the like stored in one transaction. */
export const recordsPerCommit = 200;
/** Detail calls of one daily reading. */
export const openOrdersPerDay = 200;
export const subscriptionDetailsPerDay = 100;
/** A record that could not be read is asked for again after this long. */
export const keptRetryMs = dailyMs;
