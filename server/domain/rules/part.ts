import { feeByClass, rule } from './rule.ts';

/** A monthly part of a yearly charge: as much of it as is due. */
export const part = rule(feeByClass);
