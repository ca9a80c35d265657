import { feeByClass, rule } from './rule.ts';

/** Several changes of seats as one line: what they come to. */
export const blend = rule(feeByClass);
