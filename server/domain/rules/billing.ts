import { feeByClass, rule } from './rule.ts';

/** A billing run: the next period of what recurs, and usage of the last one. */
export const billing = rule(feeByClass);
