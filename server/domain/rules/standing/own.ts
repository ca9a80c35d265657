import { feeByClass, rule } from '../rule.ts';

/** What a reseller bills beside the marketplace: each period is a line of its own. */
export const own = rule(feeByClass);
