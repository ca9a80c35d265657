import { feeByClass, rule } from './rule.ts';

/** What a reseller bills beside the marketplace: as they typed it. */
export const own = rule(feeByClass);
