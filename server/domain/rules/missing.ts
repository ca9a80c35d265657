import { feeByClass, rule } from './rule.ts';

/** A period without an order, once a person said to bill it: as the subscription stands. */
export const missing = rule(feeByClass);
