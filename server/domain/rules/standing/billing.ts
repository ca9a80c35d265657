import { standingRule } from './rule.ts';

/** A billing run: no change where the open line says the same; usage is a line of its own. */
export const billing = standingRule();
