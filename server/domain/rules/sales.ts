import { feeByClass, rule } from './rule.ts';

/** A new subscription: setup once, the first period in advance. */
export const sales = rule(feeByClass);
