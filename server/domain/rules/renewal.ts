import { feeByClass, rule } from './rule.ts';

/** A term that starts again: its first period, as the marketplace rated it. */
export const renewal = rule(feeByClass);
